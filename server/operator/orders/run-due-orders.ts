import { type Db, databaseProblem, inTransaction } from '../../platform/database/index.ts'
import { type Loop, startLoop } from '../../platform/loop.ts'
import { Refusal } from '../../platform/refusal.ts'
import { endUnanswered, tellAsked } from './access-offers.ts'
import { carryOut } from './kinds/kinds.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { type Change, changeOrder, claimDue, lockOrder, type OrderRow } from './store.ts'

const POLL_MS = 500
/** After so many defects nobody knows what became of it: a person looks. */
const MOST_ATTEMPTS = 5
const PAUSE_MS = 5_000

/** Carries out orders whose undo time is over, tells who was asked to see a line, and ends what nobody answered. Several nodes share the work; a dead one's is taken over. */
export function startOrders(db: Db, context: OrdersContext): Loop {
  return startLoop({
    work: async () =>
      ((await runDueOrder(db, context)) ? 1 : 0) +
      (await endUnanswered(db, context)) +
      (await tellAsked(db, context)),
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) context.log.error({ err: error }, 'orders')
    },
  })
}

/** Carries out the order that is due longest. Gives whether there was one. What it does and that it is done are one commit. */
async function runDueOrder(db: Db, context: OrdersContext): Promise<boolean> {
  let claimed: OrderRow | undefined
  try {
    await inTransaction(db, async (tx) => {
      ;[claimed] = await claimDue(tx, context.clock.now(), 1)
      if (!claimed) return
      const { id, lineId, request, byKind, byId, byName, byThrough, placedAt } = claimed
      const by = {
        kind: byKind,
        id: byId,
        name: byName,
        through: byThrough,
        trust: 4,
        lineRole: null,
        fresh: true,
        roles: [],
      } as const
      await carryOut(tx, context, { lineId, ref: id, by, askedAt: placedAt }, request)
      const done = await changeOrder(tx, { id, state: 'done', carriedOutAt: context.clock.now() })
      await context.announce(tx, { kind: 'order-changed', order: presentOrder(done) })
    })
  } catch (error) {
    if (!claimed || databaseProblem(error)) throw error
    await noteFailure(db, context, claimed, error)
  }
  return claimed !== undefined
}

/** A refusal is an answer; a defect is tried again, later each time, and then shown to a person. */
async function noteFailure(db: Db, context: OrdersContext, { id }: OrderRow, error: unknown): Promise<void> {
  if (!(error instanceof Refusal)) context.log.error({ err: error, orderId: id }, 'an order failed')
  await inTransaction(db, async (tx) => {
    const row = await lockOrder(tx, id)
    if (row?.state !== 'waiting') return
    const changed = await changeOrder(tx, afterFailure(row, error, context.clock.now()))
    if (changed.state === 'waiting') return
    await context.announce(tx, { kind: 'order-changed', order: presentOrder(changed) })
  })
}

function afterFailure({ id, attempts }: OrderRow, error: unknown, now: Date): Change {
  if (error instanceof Refusal) {
    return { id, state: 'refused', reason: { code: error.code, facts: { ...error.facts } } }
  }
  const tried = attempts + 1
  if (tried >= MOST_ATTEMPTS)
    return { id, state: 'unknown', attempts: tried, reason: { code: 'internal', facts: {} } }
  return {
    id,
    state: 'waiting',
    attempts: tried,
    carryOutAt: new Date(now.getTime() + PAUSE_MS * 2 ** attempts),
  }
}
