import type { Clock } from '../../platform/clock.ts'
import type { AnnounceOperator } from '../edge/index.ts'
import type { LinesContext } from '../lines/index.ts'

/** What this room works with; made once, in the composition root. */
export interface MarketContext {
  readonly clock: Clock
  /** Told inside the transaction that made it true. */
  readonly announce: AnnounceOperator
  readonly lines: LinesContext
}
