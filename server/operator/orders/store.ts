import {
  ERASED,
  type Order,
  type OrderEffect,
  type OrderRequest,
  type OrderState,
} from '../../../contracts/orders.ts'
import {
  countChanged,
  type Executor,
  maybeOne,
  one,
  type RawSql,
  rows,
  sql,
} from '../../platform/database/index.ts'
import { notSetAside } from '../../platform/jobs/index.ts'
import type { PlaceInTime } from '../../platform/pages.ts'
import type { By } from '../edge/index.ts'

export interface OrderRow {
  readonly id: string
  readonly lineId: string
  readonly request: OrderRequest
  readonly digest: Buffer
  readonly state: OrderState
  readonly effects: OrderEffect[]
  readonly byKind: By['kind']
  readonly byId: string | null
  readonly byName: string | null
  readonly byThrough: By['through']
  readonly undoneBy: Order['by'] | null
  readonly decidedById: string | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly decidedWords: string | null
  readonly placedAt: Date
  readonly carryOutAt: Date | null
  readonly carriedOutAt: Date | null
  readonly attempts: number
  readonly reason: { readonly code: string; readonly facts: Record<string, unknown> } | null
}

const COLUMNS = sql`
  id, line_id as "lineId", request, digest, state, effects, by_kind as "byKind", by_id as "byId", by_name as "byName",
  by_through as "byThrough", undone_by as "undoneBy", decided_by_id as "decidedById", decided_by_name as "decidedByName",
  decided_at as "decidedAt", decided_words as "decidedWords", placed_at as "placedAt",
  carry_out_at as "carryOutAt", carried_out_at as "carriedOutAt", attempts, reason`

/** Adds an order; gives nothing if there is one of that id. */
export function insertOrder(tx: Executor, order: OrderRow): Promise<{ id: string } | undefined> {
  return maybeOne(
    tx,
    sql<{ id: string }>`
      insert into orders.line_order (id, line_id, kind, request, digest, state, effects, by_kind, by_id, by_name, by_through,
        placed_at, carry_out_at, carried_out_at)
      values (${order.id}, ${order.lineId}, ${order.request.kind}, ${JSON.stringify(order.request)}, ${order.digest}, ${order.state},
        ${JSON.stringify(order.effects)}, ${order.byKind}, ${order.byId}, ${order.byName}, ${order.byThrough},
        ${order.placedAt}, ${order.carryOutAt}, ${order.carriedOutAt})
      on conflict (id) do nothing returning id`,
  )
}

export function selectOrder(db: Executor, id: string): Promise<OrderRow | undefined> {
  return maybeOne(db, sql<OrderRow>`select ${COLUMNS} from orders.line_order where id = ${id}`)
}

/** The same, locked for the rest of the transaction. Orders are locked before lines. */
export function lockOrder(tx: Executor, id: string): Promise<OrderRow | undefined> {
  return maybeOne(tx, sql<OrderRow>`select ${COLUMNS} from orders.line_order where id = ${id} for update`)
}

/** Waiting orders whose time has come, locked; those that others have in hand are left out. */
export function claimDue(tx: Executor, now: Date, limit: number): Promise<OrderRow[]> {
  return rows(
    tx,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order where state = 'waiting' and carry_out_at <= ${now}
      order by carry_out_at limit ${limit} for update skip locked`,
  )
}

/** What waits to be done to a line, oldest first; few, since each kind waits once. */
export function selectWaiting(db: Executor, lineId: string): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order
      where line_id = ${lineId} and state in ('waiting', 'running', 'pending') order by placed_at limit 100`,
  )
}

export type Change = Pick<OrderRow, 'id' | 'state'> &
  Partial<
    Pick<
      OrderRow,
      | 'carryOutAt'
      | 'carriedOutAt'
      | 'attempts'
      | 'reason'
      | 'decidedById'
      | 'decidedByName'
      | 'decidedAt'
      | 'decidedWords'
      | 'undoneBy'
    >
  >

/** Moves an order that the caller has locked on. What is left out stays. */
export function changeOrder(tx: Executor, change: Change): Promise<OrderRow> {
  const { id, state, attempts = null, reason = null, decidedById = null, decidedByName = null } = change
  return one(
    tx,
    sql<OrderRow>`update orders.line_order set state = ${state},
        carry_out_at = coalesce(${change.carryOutAt ?? null}, carry_out_at),
        carried_out_at = coalesce(${change.carriedOutAt ?? null}, carried_out_at),
        attempts = coalesce(${attempts}, attempts),
        reason = case when ${state} <> 'done' then coalesce(${reason && JSON.stringify(reason)}::jsonb, reason) end,
        decided_by_id = coalesce(${decidedById}, decided_by_id), decided_by_name = coalesce(${decidedByName}, decided_by_name),
        decided_at = coalesce(${change.decidedAt ?? null}, decided_at),
        decided_words = coalesce(${change.decidedWords ?? null}, decided_words),
        undone_by = coalesce(${change.undoneBy ? JSON.stringify(change.undoneBy) : null}::jsonb, undone_by)
      where id = ${id} returning ${COLUMNS}`,
  )
}

/** How many of a kind were asked for on a line since an instant, whatever became of them. */
export async function countAsked(
  db: Executor,
  lineId: string,
  kind: OrderRequest['kind'],
  since: Date,
): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count from orders.line_order
      where line_id = ${lineId} and placed_at > ${since} and kind = ${kind}`,
  )
  return count
}

/** Offers to see a line that wait for whoever has one of these numbers, oldest first. */
export function selectOffersTo(
  db: Executor,
  numbers: readonly string[],
  now: Date,
  limit: number,
): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order
      where kind = 'share-line' and state = 'pending' and request ->> 'toMsisdn' = any(${[...numbers]}::text[])
        and carry_out_at > ${now} order by placed_at, id limit ${limit}`,
  )
}

/** Such offers of a line, oldest first. */
export function selectOffersOf(db: Executor, lineId: string, now: Date): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order
      where line_id = ${lineId} and state = 'pending' and kind = 'share-line' and carry_out_at > ${now}
      order by placed_at limit 100`,
  )
}

/** Of which offers: those on which the work is not set aside, at most so many; or one of them. */
export interface OffersDue {
  readonly work: string
  readonly limit: number
  readonly id?: string
}

/** Such offers that nobody was told of yet (`attempts`), locked; those that others have in hand are left out. Gives their ids. */
export const claimUntold = (tx: Executor, now: Date, due: OffersDue): Promise<string[]> =>
  claimOffers(tx, now, sql`attempts = 0 and carry_out_at > ${now}`, due)

/** Such offers whose time is over, locked; those that others have in hand are left out. Gives their ids. */
export const claimUnanswered = (tx: Executor, now: Date, due: OffersDue): Promise<string[]> =>
  claimOffers(tx, now, sql`carry_out_at <= ${now}`, due)

async function claimOffers(
  tx: Executor,
  now: Date,
  which: RawSql,
  { work, limit, id }: OffersDue,
): Promise<string[]> {
  const claimed = await rows(
    tx,
    sql<{ id: string }>`select id from orders.line_order
      where kind = 'share-line' and state = 'pending' and ${which} and ${id === undefined ? sql`true` : sql`id = ${id}`}
        and ${notSetAside(work, sql`line_order.id`, now)}
      order by carry_out_at limit ${limit} for update of line_order skip locked`,
  )
  return claimed.map((offer) => offer.id)
}

/** Orders of a line before a place, newest first. */
export function selectOrders(
  db: Executor,
  lineId: string,
  before: PlaceInTime | undefined,
  limit: number,
): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order where line_id = ${lineId}
      and ${before ? sql`(placed_at, id) < (${before.at}, ${before.id})` : sql`true`}
      order by placed_at desc, id desc limit ${limit}`,
  )
}

/** The latest order that asks to take a deal back. */
export const selectReversal = (db: Executor, dealId: string): Promise<OrderRow | undefined> =>
  maybeOne(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order where kind = 'reverse-deal' and request ->> 'dealId' = ${dealId}
      order by placed_at desc limit 1`,
  )

/** Which of these deals somebody has asked to take back and waits for another's word. */
export async function selectReversalsWaiting(db: Executor, dealIds: readonly string[]): Promise<Set<string>> {
  const waiting = await rows(
    db,
    sql<{ dealId: string }>`select request ->> 'dealId' as "dealId" from orders.line_order
      where kind = 'reverse-deal' and state = 'approval' and request ->> 'dealId' = any(${[...dealIds]}::text[])`,
  )
  return new Set(waiting.map(({ dealId }) => dealId))
}

/** Everybody's orders after a place, oldest first. */
export function selectOrdersAfter(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order
      where ${after ? sql`(placed_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by placed_at, id limit ${limit}`,
  )
}

/** Orders that wait for a second pair of eyes after a place, oldest first. */
export function selectToApprove(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order where state = 'approval'
      and ${after ? sql`(placed_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by placed_at, id limit ${limit}`,
  )
}

/** Orders of which nobody knows what became after a place, oldest first. */
export function selectUnknown(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.line_order where state = 'unknown' and kind <> 'top-up'
      and ${after ? sql`(placed_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by placed_at, id limit ${limit}`,
  )
}

/** How many wait for another than this one, up to `limit`. */
export async function countToApprove(db: Executor, notOf: string | null, limit: number): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`
      select count(*)::int as count from (
        select 1 from orders.line_order where state = 'approval' and by_id is distinct from ${notOf}::uuid limit ${limit}
      ) waiting`,
  )
  return count
}

/** Kinds as the statement says them: partial indexes are used for what is written out. */
function writtenOut(kinds: readonly string[]): RawSql {
  if (kinds.includes('refund-top-up')) return sql`kind = 'refund-top-up'`
  if (kinds.includes('reverse-deal')) return sql`kind = 'reverse-deal'`
  return sql`kind in ('goodwill-credit', 'refund-content')`
}

/** What somebody gave by orders of these kinds since an instant by themselves, in kopecks; what others approved is theirs to answer for. */
export async function sumGoodwill(
  tx: Executor,
  memberId: string,
  kinds: readonly string[],
  since: Date,
): Promise<number> {
  // Whoever gives twice at a time would otherwise see neither of the two.
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`goodwill:${memberId}`}, 0))`)
  const ofKinds = writtenOut(kinds)
  const { kopecks } = await one(
    tx,
    sql<{ kopecks: number }>`select coalesce(sum((request ->> 'amountKopecks')::bigint), 0)::bigint as kopecks
      from orders.line_order where ${ofKinds} and by_id = ${memberId} and placed_at > ${since}
        and state in ('done', 'pending', 'unknown') and decided_by_id is null`,
  )
  return kopecks
}

/** Destroys words, names and numbers of others in the orders of lines, each within its time. Gives how many orders. */
export function eraseWords(
  tx: Executor,
  held: readonly { readonly lineId: string; readonly from: Date; readonly to: Date | null }[],
  now: Date,
): Promise<number> {
  return countChanged(
    tx,
    sql`
      update orders.line_order o set
        request = case
          when o.kind in ('goodwill-credit', 'refund-content', 'refund-top-up', 'reverse-deal') then jsonb_set(o.request, '{reason}', to_jsonb(${ERASED}::text))
          when o.request ->> 'toMsisdn' is not null then jsonb_set(o.request, '{toMsisdn}', to_jsonb(${ERASED}::text))
          else o.request - 'model' end,
        -- It would tell whether somebody guesses right what was destroyed.
        digest = '',
        by_name = case when o.by_kind <> 'subscriber' then o.by_name end,
        undone_by = case when o.undone_by ->> 'kind' = 'subscriber' then o.undone_by || '{"name": null}' else o.undone_by end,
        decided_words = null,
        reason = case when o.reason is not null then jsonb_build_object('code', o.reason -> 'code', 'facts', '{}'::jsonb) end,
        erased_at = ${now}
      where o.erased_at is null and o.id = any(array(
        select known.id from orders.line_order known
        join unnest(${held.map(({ lineId }) => lineId)}::uuid[], ${held.map(({ from }) => from)}::timestamptz[],
            ${held.map(({ to }) => to)}::timestamptz[]) as held (line_id, since, until)
          on known.line_id = held.line_id and known.placed_at >= held.since
            and (held.until is null or known.placed_at < held.until)
        where known.erased_at is null order by known.id for update of known))`,
  )
}
