import type { TrafficType } from '../../../../contracts/amounts.ts'
import { countChanged, type Executor, one, rows, sql } from '../../../platform/database/index.ts'

/** Most records that are looked through for lines to settle: what is left waits for the next look. */
const MOST_RECORDS = 5_000

/** Locks lines whose usage is due; those that somebody else holds are left to them. */
export async function claimUsed(tx: Executor, now: Date, limit: number): Promise<string[]> {
  const claimed = await rows(
    tx,
    sql<{ id: string }>`
      select id from lines.line where id = any(array(
        select distinct line_id from (
          select line_id from lines.usage where due_at <= ${now} order by due_at limit ${MOST_RECORDS}) due))
      order by id limit ${limit} for update skip locked`,
  )
  return claimed.map(({ id }) => id)
}

/** How long the usage that waits longest has been due, in milliseconds; 0 = none is. */
export async function measureUsageLag(db: Executor, now: Date): Promise<number> {
  const { dueAt } = await one(
    db,
    sql<{ dueAt: Date | null }>`select min(due_at) as "dueAt" from lines.usage where due_at is not null`,
  )
  return dueAt === null ? 0 : Math.max(0, now.getTime() - dueAt.getTime())
}

/** What is due on these lines waits longer. */
export async function deferUsage(
  db: Executor,
  lineIds: readonly string[],
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<void> {
  await rows(
    db,
    sql`update lines.usage set due_at = ${until} where line_id = any(${[...lineIds]}::uuid[]) and due_at <= ${from}`,
  )
}

/** Whose number it was at an instant. */
export interface NumberThen {
  readonly msisdn: string
  readonly at: Date
}

/** The lines that had these numbers then, in their order; undefined where nobody had. */
export async function linesOfNumbers(
  db: Executor,
  numbers: readonly NumberThen[],
): Promise<(string | undefined)[]> {
  const found = await rows(
    db,
    sql<{ place: number; id: string }>`
      select n.place::int as place, l.id
      from unnest(${numbers.map(({ msisdn }) => msisdn)}::text[], ${numbers.map(({ at }) => at)}::timestamptz[])
        with ordinality as n (msisdn, at, place)
      join lines.line l on l.msisdn = n.msisdn and l.opened_at <= n.at and (l.ended_at is null or l.ended_at > n.at)`,
  )
  const byPlace = new Map(found.map(({ place, id }) => [place, id]))
  return numbers.map((_, index) => byPlace.get(index + 1))
}

/** Takes names of records, in their order, so that batches cannot wait for each other in a circle. Gives those that were new. */
export async function takeNames(tx: Executor, names: readonly string[], now: Date): Promise<Set<string>> {
  const taken = await rows(
    tx,
    sql<{ name: string }>`
      insert into lines.usage_name (name, taken_at)
      select name, ${now} from unnest(${[...new Set(names)].sort()}::text[]) as n (name)
      on conflict do nothing returning name`,
  )
  return new Set(taken.map(({ name }) => name))
}

/** Forgets names that were taken before an instant, at most so many. Gives how many. */
export function deleteNames(db: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from lines.usage_name where name = any(array(
      select name from lines.usage_name where taken_at < ${before} order by taken_at limit ${limit}))`,
  )
}

export interface NewUsage {
  readonly lineId: string
  readonly at: Date
  readonly id: string
  readonly type: TrafficType
  readonly direction: 'out' | 'in'
  readonly amount: number
  readonly roaming: string | null
  readonly other: string | null
  readonly dueAt: Date
}

export async function insertUsage(tx: Executor, list: readonly NewUsage[], now: Date): Promise<void> {
  const column = <V>(of: (row: NewUsage) => V) => list.map(of)
  await rows(
    tx,
    sql`
      insert into lines.usage (line_id, at, id, type, direction, amount, roaming, other, due_at, arrived_at)
      select n.*, ${now} from unnest(${column(({ lineId }) => lineId)}::uuid[], ${column(({ at }) => at)}::timestamptz[],
        ${column(({ id }) => id)}::uuid[], ${column(({ type }) => type)}::text[],
        ${column(({ direction }) => direction)}::text[], ${column(({ amount }) => amount)}::bigint[],
        ${column(({ roaming }) => roaming)}::text[], ${column(({ other }) => other)}::text[],
        ${column(({ dueAt }) => dueAt)}::timestamptz[]) as n`,
  )
}
