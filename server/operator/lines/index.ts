/**
 * Lines: numbers with their people, tariff, money, packages, options and paid content; what is charged when, and what may be done.
 *
 * - Money and volumes stand in the ledger alone. Whoever moves those of a line holds the lock of its row (`lockLine`); several are
 *   locked in the order of their ids, before anything else.
 * - A line is brought up to the present before anything is done to it. Whatever falls due happens at its own instant, in the order of
 *   time, exactly once: charges carry the key of their period, in the transaction that moves the line on.
 * - A balance never falls below nothing. What cannot be paid waits: the tariff (outgoing stops), an option, a subscription.
 * - Paid content is connected with a recorded consent only; the row stays as its proof.
 * - Emits `lines-changed`, `line-ended`, `line-people-changed`, `line-notice`. Knows no order, payment, market: they call in.
 */
export type { Act, Conflict, LinesFace, Movement } from './face.ts'
export type {
  Account,
  AutoTopUp,
  BlockReason,
  BucketState,
  ConnectedState,
  DiscountState,
  LineState,
  OfferingOf,
  PauseReason,
  PromisedState,
  Tariff,
} from './line-state.ts'
export type { LineNoticeCode, LinesContext, TopUpWanted } from './lines-context.ts'
export { DEFAULT_RULES, type LineRules, type PromiseRule } from './rules.ts'
