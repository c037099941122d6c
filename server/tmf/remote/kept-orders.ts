import { ERASED, type Order } from '../../../contracts/orders.ts'
import {
  type Claim,
  claimDue,
  countChanged,
  type Executor,
  maybeOne,
  one,
  rows,
  sql,
} from '../../platform/database/index.ts'
import type { PlaceInTime } from '../../platform/pages.ts'

/** An order that was given to the other side, as we keep it. */
export interface KeptOrder {
  readonly id: string
  readonly lineId: string
  /** Words in it may have been destroyed. */
  readonly request: Order['request']
  readonly by: Order['by']
  /** `running`: it is being given away, and nobody has been told of it. */
  readonly state: Order['state']
  readonly reason: Order['reason']
  readonly placedAt: Date
  /** When the other side told of it last; null: it never has. */
  readonly heardAt: Date | null
  readonly attempts: number
  readonly lease: string | null
  /** When the other side is asked next; null: no more. */
  readonly nextAt: Date | null
  readonly settledAt: Date | null
}

const COLUMNS = sql`id, line_id as "lineId", request, by, state, reason, placed_at as "placedAt", heard_at as "heardAt", attempts, lease,
  next_at as "nextAt", settled_at as "settledAt"`

/** Notes an order before it leaves. Gives whether there was none of that id. */
export async function insertKept(
  db: Executor,
  order: Pick<KeptOrder, 'id' | 'lineId' | 'request' | 'by' | 'placedAt'> & { readonly nextAt: Date },
): Promise<boolean> {
  const { id, lineId, request, by, placedAt, nextAt } = order
  const added = await countChanged(
    db,
    sql`insert into tmf.remote_order (id, line_id, request, by, state, placed_at, next_at)
      values (${id}, ${lineId}, ${JSON.stringify(request)}, ${JSON.stringify(by)}, 'running', ${placedAt}, ${nextAt})
      on conflict (id) do nothing`,
  )
  return added > 0
}

/** It has not left, or was refused: there is no such order. One of which anything was heard stays. */
export async function deleteUnheard(db: Executor, id: string): Promise<void> {
  await rows(
    db,
    sql`delete from tmf.remote_order where id = ${id} and state = 'running' and heard_at is null`,
  )
}

export function selectKept(db: Executor, id: string): Promise<KeptOrder | undefined> {
  return maybeOne(db, sql<KeptOrder>`select ${COLUMNS} from tmf.remote_order where id = ${id}`)
}

/** The same, locked for the rest of the transaction. Before lanes. */
export function lockKept(tx: Executor, id: string): Promise<KeptOrder | undefined> {
  return maybeOne(tx, sql<KeptOrder>`select ${COLUMNS} from tmf.remote_order where id = ${id} for update`)
}

/** Takes orders about which the other side is to be asked now, those due longest first; the next time is the lease: one nobody came back with is taken again. */
export const claimKept = (db: Executor, claim: Claim): Promise<KeptOrder[]> =>
  rows(db, sql<KeptOrder>`${claimDue(sql`tmf.remote_order`, claim)} returning ${COLUMNS}`)

export type KeptChange = Omit<KeptOrder, 'lineId' | 'request' | 'by' | 'placedAt' | 'lease'>

/** Moves an order that the caller has locked on; what it was leased for is over. */
export async function changeKept(tx: Executor, change: KeptChange): Promise<void> {
  const { id, state, reason, heardAt, settledAt, attempts, nextAt } = change
  await rows(
    tx,
    sql`update tmf.remote_order set state = ${state}, reason = ${reason && JSON.stringify(reason)}, heard_at = ${heardAt},
        settled_at = ${settledAt}, attempts = ${attempts}, next_at = ${nextAt}, lease = null
      where id = ${id}`,
  )
}

/** Orders of which nobody knows what became after a place, oldest first. */
export function selectUnknownKept(
  db: Executor,
  after: PlaceInTime | undefined,
  limit: number,
): Promise<KeptOrder[]> {
  return rows(
    db,
    sql<KeptOrder>`select ${COLUMNS} from tmf.remote_order where state = 'unknown'
      and ${after ? sql`(placed_at, id) > (${after.at}, ${after.id})` : sql`true`}
      order by placed_at, id limit ${limit}`,
  )
}

/** How many there are of those, counted up to `limit`. */
export async function countUnknownKept(db: Executor, limit: number): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count
      from (select 1 from tmf.remote_order where state = 'unknown' limit ${limit}) unknown`,
  )
  return count
}

/** Forgets what ended before an instant: the other side's books have it. Gives how many. */
export function deleteSettled(db: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from tmf.remote_order where id = any(array(
      select id from tmf.remote_order where settled_at < ${before} limit ${limit}))`,
  )
}

/** A line in a time that was somebody's; null: from the beginning, until now. */
export interface LineStretch {
  readonly laneId: string
  readonly from: Date | null
  readonly to: Date | null
}

/** Destroys words, names and numbers of others in orders of these stretches, in the order of their ids. Gives how many orders. */
export function eraseWords(tx: Executor, stretches: readonly LineStretch[], now: Date): Promise<number> {
  return countChanged(
    tx,
    sql`
      update tmf.remote_order o set
        request = case
          when o.request ->> 'reason' is not null then jsonb_set(o.request, '{reason}', to_jsonb(${ERASED}::text))
          when o.request ->> 'toMsisdn' is not null then jsonb_set(o.request, '{toMsisdn}', to_jsonb(${ERASED}::text))
          else o.request - 'model' end,
        by = case when o.by ->> 'kind' = 'subscriber' then jsonb_set(o.by, '{name}', 'null') else o.by end,
        reason = case when o.reason is not null then jsonb_build_object('code', o.reason -> 'code', 'facts', '{}'::jsonb) end,
        erased_at = ${now}
      where o.id = any(array(
        select known.id from tmf.remote_order known
        join unnest(${stretches.map(({ laneId }) => laneId)}::uuid[], ${stretches.map(({ from }) => from)}::timestamptz[],
            ${stretches.map(({ to }) => to)}::timestamptz[]) as s (line_id, since, until)
          on known.line_id = s.line_id and (s.since is null or known.placed_at >= s.since)
            and (s.until is null or known.placed_at < s.until)
        where known.erased_at is null order by known.id for update of known))`,
  )
}
