import type { LineRole } from '../../../../contracts/lines.ts'
import { anyOf, countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'
import { tellChanged } from '../../../platform/kept/index.ts'
import { areWatched, balanceOf, watchAccounts } from '../../ledger/index.ts'
import { holds, rolesHoldUntil } from './identities.ts'

/** What a line at a glance was made of: as long as nothing of it is otherwise, and its time is not over, the same is made of it again. */
export interface Basis {
  readonly version: number
  /** Kopecks on its accounts, as the ledger has them. */
  readonly cash: number
  readonly held: number
  /** Records of usage that are not settled yet. */
  readonly waiting: number
}

const WAITING = sql`lines.usage u where u.line_id = l.id and u.due_at is not null`

/** What was written of a line, once for each of its people. */
export interface GlanceRow {
  readonly lineId: string
  readonly partyId: string
  readonly role: LineRole
  /** null: there is none that is still right. */
  readonly packed: string | null
  /** How long both hold as far as the clock goes. */
  readonly until: Date
  /** Changes of the line's money are told (`watchMoney`). */
  readonly isWatched: boolean
}

/**
 * What was last written of these lines, if it is still right, for all who have a role on them, in no order: the line has not been
 * written since, the ledger says the same, as much usage waits, and its time is not over.
 */
export function selectGlances(
  db: Executor,
  lineIds: readonly string[],
  { now, maker }: { readonly now: Date; readonly maker: string },
): Promise<GlanceRow[]> {
  return rows(
    db,
    sql<GlanceRow>`
      select l.id as "lineId", r.party_id as "partyId", r.role,
        case when g.version = l.version and g.valid_until > ${now} and g.maker = ${maker}
          and g.cash = ${balanceOf(sql`l.cash_id`)} and g.held = ${balanceOf(sql`l.held_id`)}
          and g.waiting = case when exists (select from ${WAITING}) then (select count(*) from ${WAITING}) else 0 end
        then g.packed end as packed, coalesce(least(g.valid_until, ${rolesHoldUntil(sql`l.id`, now)}), ${now}) as until,
        ${areWatched(sql`l.cash_id`, sql`l.held_id`)} as "isWatched"
      from lines.line l
      join lines.role r on r.line_id = l.id and ${holds(now)}
      left join lines.glance g on g.line_id = l.id
      where l.id = ${anyOf(lineIds)}`,
  )
}

/**
 * Has changes of the money of these lines told (`watchAccounts`), for who keeps what they read of it afterwards. Gives the lines of which
 * that may be kept.
 */
export async function watchMoney(db: Executor, lineIds: readonly string[]): Promise<Set<string>> {
  const accounts = await rows(
    db,
    sql<{ lineId: string; id: string }>`
      select l.id as "lineId", a.id from lines.line l cross join lateral (values (l.cash_id), (l.held_id)) as a (id)
      where l.id = ${anyOf(lineIds)}`,
  )
  const watched = new Set(
    await watchAccounts(
      db,
      accounts.map(({ id }) => id),
    ),
  )
  const left = new Set(accounts.filter(({ id }) => !watched.has(id)).map(({ lineId }) => lineId))
  return new Set(lineIds.filter((id) => !left.has(id)))
}

export interface NewGlance {
  readonly lineId: string
  readonly basis: Basis
  readonly until: Date
  /** By `packGlance`. */
  readonly packed: string
}

/** Keeps what was written of lines, in the order of their ids, so that two who do so cannot wait for each other in a circle. */
export async function upsertGlances(db: Executor, list: readonly NewGlance[], maker: string): Promise<void> {
  const column = <V>(of: (one: NewGlance) => V) => list.map(of)
  await rows(
    db,
    sql`
      insert into lines.glance (line_id, version, cash, held, waiting, maker, valid_until, packed)
      select line_id, version, cash, held, waiting, ${maker}, valid_until, packed from unnest(
        ${column(({ lineId }) => lineId)}::uuid[], ${column(({ basis }) => basis.version)}::bigint[],
        ${column(({ basis }) => basis.cash)}::bigint[], ${column(({ basis }) => basis.held)}::bigint[],
        ${column(({ basis }) => basis.waiting)}::int[], ${column(({ until }) => until)}::timestamptz[],
        ${column(({ packed }) => packed)}::text[]) as n (line_id, version, cash, held, waiting, valid_until, packed)
      order by line_id
      on conflict (line_id) do update set version = excluded.version, cash = excluded.cash, held = excluded.held,
        waiting = excluded.waiting, maker = excluded.maker, valid_until = excluded.valid_until, packed = excluded.packed`,
  )
}

/** Destroys what was written of the lines on which a party has or had a role, wherever it is kept. */
export async function deleteGlancesOf(tx: Executor, partyId: string): Promise<void> {
  const lines = await rows(
    tx,
    sql<{
      id: string
    }>`select distinct line_id as id from lines.role where party_id = ${partyId} order by line_id`,
  )
  const ids = lines.map(({ id }) => id)
  await rows(tx, sql`delete from lines.glance where line_id = any(${ids}::uuid[])`)
  await tellChanged(tx, ids)
}

/** Deletes at most so many whose time was over before an instant. Gives how many. */
export function deleteOldGlances(db: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from lines.glance where line_id = any(array(
      select line_id from lines.glance where valid_until < ${before} order by valid_until limit ${limit} for update skip locked))`,
  )
}
