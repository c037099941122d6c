import type { OrderEffect, OrderKind, OrderRequest } from '../../../../contracts/orders.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { By } from '../../edge/index.ts'
import type { Act, Conflict, LineState } from '../../lines/index.ts'
import type { OrdersContext } from '../orders-context.ts'

export type RequestOf<K extends OrderKind> = Extract<OrderRequest, { kind: K }>

/** A line as it stands at the moment, and what already waits to be done to it. */
export interface View {
  readonly db: Executor
  readonly line: LineState
  readonly now: Date
  readonly context: OrdersContext
  readonly waiting: readonly OrderRequest[]
}

export interface OrderAct extends Act {
  readonly by: By
  /** When it was asked for, where it waited for the undo time since. */
  readonly askedAt?: Date
}

/** One kind of order: what it would do, and doing it. */
export interface Kind<K extends OrderKind> {
  /** It waits for the undo time before it is carried out. */
  readonly undoable: boolean
  /** Placing it only begins it: it is `pending` until whoever carries it out has told how it ended (`settleOrder`). */
  readonly endsLater?: true
  /** What it costs now and later, what is gained and lost, what is in the way. Changes nothing. */
  effects(view: View, request: RequestOf<K>): OrderEffect[] | Promise<OrderEffect[]>
  /** Does it, inside the caller's transaction. Refuses as the effects said, if something is in the way by now. */
  carryOut(tx: Executor, context: OrdersContext, act: OrderAct, request: RequestOf<K>): Promise<unknown>
}

export const conflictEffects = (conflicts: readonly Conflict[]): OrderEffect[] =>
  conflicts.map((one) => ({ effect: 'conflict', ...one }))

export const warning = (
  code: Extract<OrderEffect, { effect: 'warning' }>['warning'],
  about: string | null = null,
): OrderEffect => ({ effect: 'warning', warning: code, about })

/** A conflict if the same is waiting to be done already. */
export function waitingConflicts(
  { waiting }: View,
  about: string,
  same: (one: OrderRequest) => boolean,
): OrderEffect[] {
  return waiting.some(same) ? conflictEffects([{ conflict: 'already', about }]) : []
}
