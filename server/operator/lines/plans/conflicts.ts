import type { OrderEffect } from '../../../../contracts/orders.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { LineState } from '../line-state.ts'
import { type ActKind, POSSIBLE_IN } from '../rules.ts'

/** Why something cannot be done to a line now: a code, what it is about, facts. */
export type Conflict = Omit<Extract<OrderEffect, { effect: 'conflict' }>, 'effect'>

export const conflict = (
  code: Conflict['conflict'],
  about: string | null = null,
  facts?: Record<string, unknown>,
): Conflict => ({ conflict: code, about, ...(facts && { facts }) })

/** A conflict if the line's state does not allow the act. */
export function stateConflicts({ state }: LineState, act: ActKind): Conflict[] {
  const possible: readonly LineState['state'][] = POSSIBLE_IN[act]
  return possible.includes(state) ? [] : [conflict('line-state', state)]
}

/** A conflict if the line's money is not enough. */
export const balanceConflicts = ({ cash }: LineState, kopecks: number): Conflict[] =>
  cash.balance >= kopecks ? [] : [conflict('balance', null, { kopecks, balanceKopecks: cash.balance })]

/** Refuses with `order_refused` if there is any conflict. */
export function refuseIfAny(conflicts: readonly Conflict[]): void {
  if (conflicts.length > 0) throw new Refusal('order_refused', { conflicts })
}
