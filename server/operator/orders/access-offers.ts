import type { LineSettings } from '../../../contracts/lines.ts'
import { type AccessOffer, ERASED } from '../../../contracts/orders.ts'
import { type Db, type Executor, inTransaction } from '../../platform/database/index.ts'
import { workOnDue } from '../../platform/jobs/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { By } from '../edge/index.ts'
import {
  conflict,
  findLineByMsisdn,
  findRoles,
  giveRole,
  linesOfParty,
  numbersOf,
  type RoleOnLine,
} from '../lines/index.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import {
  type Change,
  changeOrder,
  claimUnanswered,
  claimUntold,
  lockOrder,
  type OrderRow,
  selectOffersOf,
  selectOffersTo,
} from './store.ts'

const MOST_SHOWN = 100

/** Lines whose owners want to let a party see them: what was asked of a number that the party has, by an owner who still is. */
export async function listOffers(
  db: Executor,
  context: OrdersContext,
  partyId: string,
): Promise<AccessOffer[]> {
  const offers = await offersTo(db, context, partyId)
  const numbers = await numbersOf(
    db,
    offers.map(({ lineId }) => lineId),
  )
  return offers.map(({ id, lineId, placedAt, carryOutAt }) => ({
    id,
    msisdn: numbers.get(lineId) ?? '',
    at: placedAt.toISOString(),
    until: (carryOutAt ?? placedAt).toISOString(),
  }))
}

/** Whom the owner of a line has asked and who has not answered. */
export async function readOffersOf(
  db: Executor,
  { clock }: Pick<OrdersContext, 'clock'>,
  lineId: string,
): Promise<NonNullable<LineSettings['offered']>> {
  const offers = await selectOffersOf(db, lineId, clock.now())
  return offers.flatMap(({ id, request, placedAt, carryOutAt }) =>
    request.kind === 'share-line' && request.toMsisdn !== ERASED
      ? [{ orderId: id, msisdn: request.toMsisdn, until: (carryOutAt ?? placedAt).toISOString() }]
      : [],
  )
}

/**
 * The word of whoever was asked: they are trusted with the line from now on, or nothing changes. Repeating it changes nothing.
 * Refuses with `not_found` (also what others were asked, and what is over), `order_refused` (line-state).
 */
export function answerOffer(
  db: Db,
  context: OrdersContext,
  { id: byId, partyId }: Pick<By, 'id' | 'partyId'>,
  orderId: string,
  accept: boolean,
): Promise<void> {
  const ended = accept ? 'done' : 'refused'
  return inTransaction(db, async (tx) => {
    const row = await lockOrder(tx, orderId)
    if (row?.request.kind === 'share-line' && row.state === ended && row.decidedById === byId) return
    const offers = partyId ? await offersTo(tx, context, partyId) : []
    const offer = offers.find(({ id }) => id === orderId)
    if (!offer || !partyId) throw new Refusal('not_found', { what: 'offer' })
    const now = context.clock.now()
    if (accept)
      await giveRole(tx, context.lines, { lineId: offer.lineId, partyId, role: 'trusted', validTo: null })
    const word = { id: orderId, decidedById: byId, decidedAt: now }
    await end(
      tx,
      context,
      accept ? { ...word, state: 'done', carriedOutAt: now } : { ...word, ...NOT_ACCEPTED },
    )
  })
}

/** Whoever was asked said no or said nothing, or nobody has the number: the owner is not told which. */
const NOT_ACCEPTED = {
  state: 'refused',
  reason: { code: 'order_refused', facts: { conflicts: [conflict('not-accepted')] } },
} as const

const MOST_ENDED = 100

/** Ends what nobody has answered in its time. Gives how many offers it looked at: one that fails is set aside. */
export function endUnanswered(db: Db, context: OrdersContext): Promise<number> {
  const work = 'unanswered-offers'
  return workOnDue(
    db,
    context.clock,
    {
      work,
      claim: (tx, now) => claimUnanswered(tx, now, { work, limit: MOST_ENDED }),
      claimOne: (tx, id, now) => claimUnanswered(tx, now, { work, limit: 1, id }),
      does: async (tx, ids) => {
        for (const id of ids) await end(tx, context, { id, ...NOT_ACCEPTED })
      },
    },
    (error) => context.log.error({ err: error }, 'an offer that nobody answered was set aside'),
  )
}

/** Tells one of those who were asked, if there is anybody. Gives how many offers it looked at, whoever has the number: one that fails is set aside. */
export function tellAsked(db: Db, context: OrdersContext): Promise<number> {
  const work = 'untold-offers'
  return workOnDue(
    db,
    context.clock,
    {
      work,
      claim: (tx, now) => claimUntold(tx, now, { work, limit: 1 }),
      claimOne: (tx, id, now) => claimUntold(tx, now, { work, limit: 1, id }),
      does: async (tx, ids) => {
        for (const id of ids) await tellOf(tx, context, id)
      },
    },
    (error) => context.log.error({ err: error }, 'an offer that nobody was told of was set aside'),
  )
}

async function tellOf(tx: Executor, context: OrdersContext, id: string): Promise<void> {
  const { lineId, request } = await changeOrder(tx, { id, state: 'pending', attempts: 1 })
  if (request.kind === 'share-line') await tellNumber(tx, context, lineId, request.toMsisdn)
}

async function tellNumber(
  tx: Executor,
  { announce, clock, lines, rules }: OrdersContext,
  lineId: string,
  msisdn: string,
): Promise<void> {
  const asked = await findLineByMsisdn(tx, lines, msisdn)
  const waiting = await selectOffersTo(tx, [msisdn], clock.now(), rules.offersHeard + 1)
  if (!asked || waiting.length > rules.offersHeard) return
  // Enough to know it by for whoever was meant; nothing for anybody else.
  const facts = { ending: (await numbersOf(tx, [lineId])).get(lineId)?.slice(-4) ?? '' }
  await announce(tx, { kind: 'line-notice', lineId: asked.id, msisdn, notice: 'access-offered', facts })
}

async function end(tx: Executor, { announce }: OrdersContext, change: Change): Promise<void> {
  await announce(tx, { kind: 'order-changed', order: presentOrder(await changeOrder(tx, change)) })
}

async function offersTo(db: Executor, context: OrdersContext, partyId: string): Promise<OrderRow[]> {
  const { lines, clock } = context
  const since = await numbersHeld(db, context, partyId)
  if (since.size === 0) return []
  const offers = await selectOffersTo(db, [...since.keys()], clock.now(), MOST_SHOWN)
  const people = await findRoles(db, lines, [...new Set(offers.map(({ lineId }) => lineId))])
  return offers.filter(({ lineId, request, placedAt }) => {
    const heldSince = request.kind === 'share-line' ? since.get(request.toMsisdn) : undefined
    const around = people.get(lineId) ?? []
    return (
      // A number that changed hands since then was asked when it was somebody else's, a line offered by who was its owner.
      heldSince !== undefined &&
      heldSince <= placedAt &&
      around.some(({ role, since: ownedSince }) => role === 'owner' && ownedSince <= placedAt) &&
      !around.some((one) => one.partyId === partyId)
    )
  })
}

/** The numbers that a party has in its own hands, each with since when. */
async function numbersHeld(
  db: Executor,
  { lines }: OrdersContext,
  partyId: string,
): Promise<Map<string, Date>> {
  const mine = (await linesOfParty(db, lines, partyId)).filter(({ role }) => role !== 'trusted')
  const people = await findRoles(
    db,
    lines,
    mine.map(({ id }) => id),
  )
  return new Map(
    mine.flatMap(({ id, msisdn }) => {
      const holder = holderAmong(people.get(id) ?? [])
      return holder?.partyId === partyId ? [[msisdn, holder.since]] : []
    }),
  )
}

/** Who is signed in by a code that comes to the number: its user, else its owner. */
const holderAmong = (people: readonly RoleOnLine[]): RoleOnLine | undefined =>
  people.find(({ role }) => role === 'user') ?? people.find(({ role }) => role === 'owner')
