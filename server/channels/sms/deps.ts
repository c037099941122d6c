import type { Clock } from '../../platform/clock.ts'
import type { Outgoing } from '../../platform/outgoing/index.ts'
import type { Log } from '../../platform/telemetry/index.ts'

/** What the door works with; made once, in the composition root. */
export interface SmsDeps {
  readonly outgoing: Outgoing
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** Where the world reaches us, without a slash at the end. */
  readonly publicUrl: string
  readonly timing?: Partial<SmsTiming>
}

/** Durations in milliseconds. */
export interface SmsTiming {
  /** How often the address for events is told again. */
  readonly watchMs: number
  /** For one call. */
  readonly callMs: number
  /** First rest after a failure. */
  readonly backoffMs: number
}

export const USUAL_TIMING: SmsTiming = { watchMs: 600_000, callMs: 15_000, backoffMs: 1_000 }
