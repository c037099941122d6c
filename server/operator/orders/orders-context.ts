import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/telemetry/index.ts'
import type { AnnounceOperator } from '../edge/index.ts'
import type { LinesContext } from '../lines/index.ts'
import type { OrderRules } from './rules.ts'

/** What this room works with; made once, in the composition root. */
export interface OrdersContext {
  readonly clock: Clock
  readonly log: Log
  /** Told inside the transaction that made it true. */
  readonly announce: AnnounceOperator
  readonly lines: LinesContext
  readonly rules: OrderRules
}
