import type { Order } from '../../../contracts/orders.ts'
import type { OrderRow } from './store.ts'

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

/** An order as everybody outside sees it. */
export function presentOrder(row: OrderRow): Order {
  const { id, lineId, request, state, effects, decidedById, decidedByName, reason } = row
  const approved = state !== 'declined'
  return {
    id,
    lineId,
    request,
    state,
    effects,
    by: { kind: row.byKind, name: row.byName, through: row.byThrough },
    ...(row.undoneBy && { undoneBy: { ...row.undoneBy } }),
    approvedBy: approved ? decidedByName : null,
    ...(decidedById !== null && {
      decision: { approved, by: decidedByName, at: instant(row.decidedAt), words: row.decidedWords },
    }),
    placedAt: row.placedAt.toISOString(),
    carriedOutAt: instant(row.carriedOutAt),
    undoableUntil: state === 'waiting' ? instant(row.carryOutAt) : null,
    reason: reason && { ...reason },
  }
}
