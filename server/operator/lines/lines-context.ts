import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { AnnounceOperator } from '../edge/index.ts'
import type { LineRules } from './rules.ts'

/** The balance of a line with an automatic top-up fell below its threshold. */
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
  /**
   * Asks whoever takes payments for money, inside the transaction in which the balance fell; may ask again for the same fall:
   * whether a payment is under way already is known there.
   */
  readonly askTopUp: (tx: Executor, wanted: readonly TopUpWanted[]) => Promise<void>
}

/** What a person should hear of; stands in `line-notice` events. The text is in `messages/` under this code. */
export type LineNoticeCode =
  | 'fee-not-covered' // kopecks, balanceKopecks: outgoing stops until money comes
  | 'line-active-again'
  | 'option-paused' // code, kopecks
  | 'content-paused' // code, kopecks
  | 'option-ended' // code: its days are over
  | 'tariff-changed' // code
  | 'promised-overdue' // kopecks: still owed
  | 'promised-repaid'
  | 'line-blocked' // reason
  | 'line-unblocked'
  | 'content-banned'
  | `${TrafficType}-nearly-spent` // left, total: 80 % of the packages are used up
  | `${TrafficType}-spent` // total
  | 'usage-money-ended' // the balance pays no more of what is used beyond the packages
  | 'usage-limit-reached'
