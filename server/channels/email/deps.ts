import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/telemetry/index.ts'
import type { AuthenticationSettings } from './authenticate-sender.ts'

/** What the door works with; made once, in the composition root. */
export interface EmailDeps {
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** DNS for SPF, DKIM and DMARC; the machine's own when nothing is said. */
  readonly resolve?: AuthenticationSettings['resolve']
  readonly timing?: Partial<EmailTiming>
}

/** Durations in milliseconds. */
export interface EmailTiming {
  /** A mailbox is looked at this often whatever IDLE says; also how often IDLE is begun anew (RFC 2177: before 29 min are over). */
  readonly pollMs: number
  /** To connect, to be greeted, to be told anything at all. */
  readonly connectMs: number
  /** A server that says nothing for so long is gone. */
  readonly silenceMs: number
  /** For a whole message on its way out: shorter than the lease of a message. */
  readonly attemptMs: number
  /** First rest after a failure. */
  readonly backoffMs: number
}

export const USUAL_TIMING: EmailTiming = {
  pollMs: 60_000,
  connectMs: 15_000,
  silenceMs: 60_000,
  attemptMs: 75_000,
  backoffMs: 1_000,
}
