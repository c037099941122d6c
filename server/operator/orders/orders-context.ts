import type { TrafficType } from '../../../contracts/amounts.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Log } from '../../platform/telemetry/index.ts'
import type { AnnounceOperator, By } from '../edge/index.ts'
import type { Conflict, LineState, LinesContext } from '../lines/index.ts'
import type { OrderRules } from './rules.ts'

/** Whoever takes payments, as far as orders have to know: the order waits until the payment is settled there (`settleOrder`). */
export interface Till {
  /** What is in the way of a payment of this amount to the line. Refuses with `unavailable` where no payments are taken. */
  judge(db: Executor, line: LineState, amountKopecks: number): Promise<Conflict[]>
  /** Notes the payment of an order, in its transaction: the provider is asked after the commit. */
  open(tx: Executor, order: OpenedTopUp): Promise<void>
  /** What is in the way of giving so much of a top-up back. */
  judgeRefund(
    db: Executor,
    line: LineState,
    refund: Pick<OpenedRefund, 'topUpId' | 'amountKopecks'>,
  ): Promise<Conflict[]>
  /** Takes the money off the line and notes the refund, in the order's transaction. */
  openRefund(tx: Executor, refund: OpenedRefund): Promise<void>
  /** Is there anything that a line's automatic top-up could be paid from? */
  hasMethod(db: Executor, lineId: string): Promise<boolean>
  /** The line's automatic top-up is off: what it was paid from is forgotten. */
  forgetMethod(tx: Executor, lineId: string): Promise<void>
}

export interface OpenedTopUp {
  readonly id: string
  readonly lineId: string
  readonly by: By
  readonly request: Extract<OrderRequest, { kind: 'top-up' }>
}

export interface OpenedRefund {
  /** The order's. */
  readonly id: string
  readonly lineId: string
  readonly topUpId: string
  readonly amountKopecks: number
}

interface Volume {
  readonly type: TrafficType
  readonly amount: number
}

/** What taking a deal back does to the line that it is asked for on. */
export type ReversalEffect =
  | { readonly side: 'buyer'; readonly receivesKopecks: number; readonly loses: Volume | null }
  | { readonly side: 'seller'; readonly paysKopecks: number; readonly regains: Volume | null }

/** The Market, as far as orders have to know: a deal that is taken back is an order on the line of whichever side asked for it. */
export interface DealReversals {
  /** Every line that it touches: they are locked at once. */
  linesOf(db: Executor, dealId: string): Promise<string[]>
  /** What is in the way, and what it does to this line; null = it is none of its sides. */
  judgeReversal(
    db: Executor,
    line: LineState,
    reversal: { readonly dealId: string; readonly amountKopecks: number },
  ): Promise<{ readonly conflicts: readonly Conflict[]; readonly effect: ReversalEffect | null }>
  /** Takes it back, in the order's transaction. Refuses with `order_refused`. */
  reverse(
    tx: Executor,
    reversal: {
      readonly lineId: string
      /** The order's id. */
      readonly ref: string
      readonly dealId: string
      readonly amountKopecks: number
    },
  ): Promise<void>
}

/** What this room works with; made once, in the composition root. */
export interface OrdersContext {
  readonly clock: Clock
  readonly log: Log
  /** Told inside the transaction that made it true. */
  readonly announce: AnnounceOperator
  readonly lines: LinesContext
  readonly rules: OrderRules
  readonly till: Till
  readonly market: DealReversals
}
