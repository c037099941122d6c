import type { Clock } from '../../platform/clock.ts'
import type { Outgoing } from '../../platform/outgoing/index.ts'
import type { Log } from '../../platform/telemetry/index.ts'

/** What the door works with; made once, in the composition root. */
export interface MaxDeps {
  readonly outgoing: Outgoing
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** Where the world reaches us, without a slash at the end. */
  readonly publicUrl: string
  readonly timing?: Partial<MaxTiming>
}

/** Durations in milliseconds. */
export interface MaxTiming {
  /** How often to look whether the subscription still stands. */
  readonly watchMs: number
  /** How long one poll waits for updates; at most 90 s, in whole seconds. */
  readonly pollMs: number
  /** For one call that sends. */
  readonly callMs: number
  /** For a whole message with all its files: shorter than the lease of a message on its way. */
  readonly attemptMs: number
  /** First rest after an upload that is not ready yet; the next ones double. */
  readonly notReadyMs: number
  /** First rest after a failure. */
  readonly backoffMs: number
}

export const USUAL_TIMING: MaxTiming = {
  watchMs: 600_000,
  pollMs: 30_000,
  callMs: 60_000,
  attemptMs: 75_000,
  notReadyMs: 300,
  backoffMs: 1_000,
}
