import type { Order, OrderEffect, OrderRequest, OrderState } from '../../../contracts/orders.ts'
import { type Db, type Executor, inTransaction } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type By, type OrderAsk, requireMay } from '../edge/index.ts'
import { findLineByMsisdn, lockLines, workOnLine } from '../lines/index.ts'
import { digestOfEffects, digestOfRequest } from './digest.ts'
import { needsApproval } from './goodwill.ts'
import { carryOut, endsLater, isUndoable } from './kinds/kinds.ts'
import { newOrder } from './new-order.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { conflictsAmong, lookAhead } from './preview-order.ts'
import type { OrderRules } from './rules.ts'
import { insertOrder, type OrderRow, selectOrder } from './store.ts'

/**
 * Places an order. What can be taken back waits for the undo time, what passes somebody's limits for another's approval, what others
 * carry out for them; everything else is done at once, in this transaction. The same id with the same request answers with the order that there is.
 * Refuses with `not_found`, `forbidden`, `fresh_code_required`, `order_refused` (`conflicts`), `conflict` (`effects`: not what was
 * agreed to), `idempotency_key_reused`.
 */
export function placeOrder(db: Db, context: OrdersContext, by: By, ask: OrderAsk): Promise<Order> {
  return inTransaction(db, async (tx) => {
    requireMay(by, ask.request.kind)
    // Whoever sent the same id a moment ago has the line's lock: after it their order is there to be seen.
    await lockLines(tx, await linesOf(tx, context, ask))
    const known = await selectOrder(tx, ask.id)
    if (known) return repeated(known, ask)
    const effects = await workOnLine(tx, context.lines, ask.lineId, ({ line }) =>
      lookAhead(tx, context, line, ask.request),
    )
    requirePossible(effects, ask)
    const row = await orderOf(tx, context, by, ask, effects)
    // The same id for another line: no lock kept the two apart.
    if (!(await insertOrder(tx, row))) throw new Refusal('idempotency_key_reused', { id: ask.id })
    if (row.state === 'done' || row.state === 'pending') {
      await carryOut(tx, context, { lineId: ask.lineId, ref: ask.id, by }, ask.request)
    }
    const order = presentOrder(row)
    await context.announce(tx, { kind: 'order-changed', order })
    return order
  })
}

/** Every line that the request touches: all are locked at once, so that two who send each other money do not wait in a circle. */
async function linesOf(
  tx: Executor,
  { lines, market }: OrdersContext,
  { lineId, request }: OrderAsk,
): Promise<string[]> {
  if (request.kind === 'reverse-deal')
    return [...new Set([lineId, ...(await market.linesOf(tx, request.dealId))])]
  if (request.kind !== 'transfer-money') return [lineId]
  const receiver = await findLineByMsisdn(tx, lines, request.toMsisdn)
  return receiver ? [lineId, receiver.id] : [lineId]
}

function repeated(known: OrderRow, { id, lineId, request }: OrderAsk): Order {
  if (!known.digest.equals(digestOfRequest(lineId, request)))
    throw new Refusal('idempotency_key_reused', { id })
  return presentOrder(known)
}

function requirePossible(effects: readonly OrderEffect[], { digest }: OrderAsk): void {
  const conflicts = conflictsAmong(effects)
  if (conflicts.length > 0) throw new Refusal('order_refused', { conflicts })
  if (digest !== undefined && digest !== digestOfEffects(effects)) throw new Refusal('conflict', { effects })
}

async function orderOf(
  tx: Executor,
  { clock, rules }: OrdersContext,
  by: By,
  ask: OrderAsk,
  effects: OrderEffect[],
): Promise<OrderRow> {
  const now = clock.now()
  const approval = await needsApproval(tx, rules, by, ask.request, now)
  const state = approval ? 'approval' : beginning(ask.request)
  return newOrder(by, ask, effects, {
    state,
    placedAt: now,
    carryOutAt: waitsFor(state, ask.request, rules, now),
    carriedOutAt: state === 'done' ? now : null,
  })
}

/** Until when it can be taken back, or answered by whoever was asked; null = it waits for nobody's time. */
function waitsFor(state: OrderState, { kind }: OrderRequest, rules: OrderRules, now: Date): Date | null {
  if (state === 'waiting') return new Date(now.getTime() + rules.undoMs)
  return state === 'pending' && kind === 'share-line' ? new Date(now.getTime() + rules.offerMs) : null
}

function beginning(request: OrderRequest): 'waiting' | 'pending' | 'done' {
  if (isUndoable(request)) return 'waiting'
  return endsLater(request) ? 'pending' : 'done'
}
