import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Shelf } from '../../platform/kept/index.ts'
import type { AnnounceOperator } from '../edge/index.ts'
import type { KeptGlance } from './reading/kept-glance.ts'
import type { LineRules } from './rules.ts'

/** The balance of a line with an automatic top-up fell below its threshold. Told once a fall. */
export interface TopUpWanted {
  readonly lineId: string
  readonly balanceKopecks: number
  readonly amountKopecks: number
  readonly monthlyMaxKopecks: number
}

/** What this room works with; made once, in the composition root. */
export interface LinesContext {
  readonly clock: Clock
  /** Told inside the transaction that made it true. */
  readonly announce: AnnounceOperator
  readonly rules: LineRules
  /** Lines at a glance that this process has read, by their ids. */
  readonly glances: Shelf<KeptGlance>
  /**
   * Asks whoever takes payments for money, inside the transaction in which the balance fell and under the line's lock. Once a fall:
   * not again before the balance has risen to the threshold, or the rule was set anew.
   */
  readonly askTopUp: (tx: Executor, wanted: readonly TopUpWanted[]) => Promise<void>
}

/** What a person should hear of; stands in `line-notice` events. The text is in `messages/` under this code. */
export type LineNoticeCode =
  | 'fee-near' // kopecks, balanceKopecks, missingKopecks, day: the next fee is not covered
  | 'fee-not-covered' // kopecks, balanceKopecks: outgoing stops until money comes
  | 'line-active-again'
  | 'option-paused' // code, kopecks
  | 'content-paused' // code, kopecks
  | 'option-ended' // code: its days are over
  | 'tariff-changed' // code
  | 'promised-overdue' // kopecks: still owed
  | 'promised-repaid'
  | 'line-blocked' // reason
  | 'line-unblocked' // reason: of the block that was lifted
  | 'content-banned'
  | `${TrafficType}-nearly-spent` // left, total: 80 % of the packages are used up
  | `${TrafficType}-spent` // total
  | 'usage-money-ended' // the balance pays no more of what is used beyond the packages
  | 'usage-limit-reached'
  | 'auto-topped-up' // kopecks
  | 'auto-top-up-failed' // kopecks
  | 'auto-top-up-limit' // kopecks: the charge that would have passed the limit
  | 'auto-top-up-off' // nothing is charged by itself any more: the method failed too often, or is gone
