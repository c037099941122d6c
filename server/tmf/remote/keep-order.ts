import { isDeepStrictEqual } from 'node:util'
import type { Order } from '../../../contracts/orders.ts'
import { type AnnounceOperator, type By, type OrderAsk, requireMay } from '../../operator/edge/index.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { changeKept, deleteUnheard, insertKept, type KeptOrder, lockKept, selectKept } from './kept-orders.ts'
import type { Asking } from './read-line.ts'
import { findRemoteOrder, placeRemoteOrder, requireOrderable, undoRemoteOrder } from './remote-orders.ts'
import { askedSoon, firstAsked, isFinal, type Step, stepHeard } from './schedule.ts'

export interface Keeping {
  readonly asking: Asking
  readonly announce: AnnounceOperator
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number
}

/**
 * Gives an order away: noted before it leaves, so that whatever happens to us somebody asks what became of it. Refuses with
 * `idempotency_key_reused`, with `unavailable` only when nothing can have arrived, and as the other side refuses.
 */
export async function placeKept(db: Executor, keeping: Keeping, by: By, ask: OrderAsk): Promise<Order> {
  requireMay(by, ask.request.kind)
  requireOrderable(ask.request)
  const { asking } = keeping
  const { id, lineId, request } = ask
  const placedAt = asking.now()
  const who = { kind: by.kind, name: by.name, through: by.through }
  const nextAt = firstAsked(placedAt)
  if (!(await insertKept(db, { id, lineId, request, by: who, placedAt, nextAt })))
    requireTheSame(await selectKept(db, id), ask)
  try {
    const told = await placeRemoteOrder(asking, by, ask)
    return told ? await hearOrder(db, keeping, told) : await noteLost(db, keeping, id)
  } catch (error) {
    if (error instanceof Refusal) await deleteUnheard(db, id)
    throw error
  }
}

function requireTheSame(kept: KeptOrder | undefined, { id, lineId, request }: OrderAsk): void {
  if (kept && !isDeepStrictEqual([kept.lineId, kept.request], [lineId, request]))
    throw new Refusal('idempotency_key_reused', { id })
}

/** Its answer was lost, and nobody can say: it is on its way until somebody can. */
function noteLost(db: Executor, keeping: Keeping, id: string): Promise<Order> {
  return inTransaction(db, async (tx) => {
    const kept = found(await lockKept(tx, id), 'order')
    if (kept.state !== 'running') return presentKept(kept)
    const step = { state: 'pending', reason: null, nextAt: askedSoon(keeping.asking.now()) } as const
    await move(tx, keeping, kept, step, { heardAt: null })
    return presentKept({ ...kept, ...step })
  })
}

/** Where an order stands: as the other side says now, which is kept; while it is away, as we know it. */
export async function findKept(db: Executor, keeping: Keeping, orderId: string): Promise<Order | undefined> {
  const kept = await selectKept(db, orderId)
  if (!kept) return findRemoteOrder(keeping.asking, orderId)
  const order = await askedNow(keeping, orderId)
  if (!order) return presentKept(kept)
  return isSettled(kept) ? { ...order, by: kept.by, request: kept.request } : hearOrder(db, keeping, order)
}

async function askedNow({ asking }: Keeping, orderId: string): Promise<Order | undefined> {
  try {
    return await findRemoteOrder(asking, orderId)
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}

/** What has ended stays so; only what was given up because nobody knew it may turn out to be there. */
const isSettled = ({ settledAt, heardAt }: KeptOrder): boolean => settledAt !== null && heardAt !== null

/** Refuses with `not_found`, `not_undoable`. */
export async function undoKept(db: Executor, keeping: Keeping, orderId: string): Promise<Order> {
  return hearOrder(db, keeping, await undoRemoteOrder(keeping.asking, orderId))
}

/**
 * Keeps what the other side tells of an order, and tells the house if it is new: once, however many hear it at a time. What has ended
 * stays so. Orders that others gave it are told as they are.
 */
export function hearOrder(db: Executor, keeping: Keeping, told: Order): Promise<Order> {
  return inTransaction(db, async (tx) => {
    const kept = await lockKept(tx, told.id)
    if (!kept) return told
    // The other side knows us as one system; who of us it was is ours to know. What was destroyed here does not come back from there.
    const order = { ...told, by: kept.by, request: kept.request }
    const { asking, random } = keeping
    const now = asking.now()
    await move(tx, keeping, kept, stepHeard(order, { now, random }), { order, heardAt: now })
    return order
  })
}

/** Moves a locked order on, and tells the house of a state that it does not know. */
export async function move(
  tx: Executor,
  { asking, announce }: Keeping,
  kept: KeptOrder,
  step: Step,
  { order, heardAt }: { readonly order?: Order; readonly heardAt: Date | null },
): Promise<void> {
  if (isSettled(kept)) return
  const settledAt = isFinal(step.state) ? asking.now() : null
  const attempts = heardAt === kept.heardAt ? kept.attempts : 0
  await changeKept(tx, { id: kept.id, ...step, heardAt, settledAt, attempts })
  if (step.state === kept.state) return
  const { state, reason } = step
  await announce(tx, {
    kind: 'order-changed',
    order: { ...(order ?? presentKept(kept)), state, reason },
  })
}

/** An order as far as we know it. */
export function presentKept({ id, lineId, request, by, state, placedAt, reason }: KeptOrder): Order {
  return {
    id,
    lineId,
    request,
    // Whether it has arrived is not known yet.
    state: state === 'running' ? 'pending' : state,
    effects: [],
    by,
    approvedBy: null,
    placedAt: placedAt.toISOString(),
    carriedOutAt: null,
    undoableUntil: null,
    reason,
  }
}
