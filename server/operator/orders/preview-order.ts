import type { OrderEffect, OrderPreview, OrderRequest } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import { found } from '../../platform/refusal.ts'
import { type By, lacksFreshCode, requireMay } from '../edge/index.ts'
import { type LineState, readState } from '../lines/index.ts'
import { digestOfEffects } from './digest.ts'
import { needsApproval } from './goodwill.ts'
import { effectsOf, isUndoable } from './kinds/kinds.ts'
import type { OrdersContext } from './orders-context.ts'
import { selectWaiting } from './store.ts'

type Conflict = Extract<OrderEffect, { effect: 'conflict' }>

export const conflictsAmong = (effects: readonly OrderEffect[]): Conflict[] =>
  effects.filter((one) => one.effect === 'conflict')

/** What an order would do to a line as it stands. */
export async function lookAhead(
  db: Executor,
  context: OrdersContext,
  line: LineState,
  request: OrderRequest,
): Promise<OrderEffect[]> {
  const waiting = (await selectWaiting(db, line.id)).map((one) => one.request)
  return effectsOf({ db, line, now: context.clock.now(), context, waiting }, request)
}

/**
 * What an order would cost now and later, what is lost, what conflicts, and what is still missing; changes nothing.
 * Refuses with `not_found` (line), `forbidden` (not for this caller at all).
 */
export async function previewOrder(
  db: Executor,
  context: OrdersContext,
  by: By,
  lineId: string,
  request: OrderRequest,
): Promise<OrderPreview> {
  // A code can still be given: only who may never do it is turned away here.
  requireMay({ ...by, trust: 4, fresh: true }, request.kind)
  const line = found(await readState(db, context.lines, lineId), 'line')
  const effects = await lookAhead(db, context, line, request)
  const approval = await needsApproval(db, context.rules, by, request, context.clock.now())
  return {
    request,
    possible: conflictsAmong(effects).length === 0,
    effects,
    undoMs: isUndoable(request) ? context.rules.undoMs : 0,
    needs: approval ? 'approval' : lacksFreshCode(by, request.kind) ? 'fresh-code' : 'nothing',
    digest: digestOfEffects(effects),
  }
}
