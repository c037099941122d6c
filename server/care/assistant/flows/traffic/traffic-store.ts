import { countChanged, type Executor, one, rows, sql } from '../../../../platform/database/index.ts'

export interface Passage {
  readonly from: string
  /** A node, or what became of the dialog there: `*` and the effect's kind. */
  readonly to: string
  readonly times: number
}

/** Up to when turns are counted; null: none yet. */
export async function readMark(db: Executor): Promise<Date | null> {
  const mark = await one(
    db,
    sql<{ countedTo: Date | null }>`select counted_to as "countedTo" from assistant.traffic_mark`,
  )
  return mark.countedTo
}

/** The same; others who want to count wait until the transaction ends. */
export async function lockMark(tx: Executor): Promise<Date | null> {
  const mark = await one(
    tx,
    sql<{ countedTo: Date | null }>`select counted_to as "countedTo" from assistant.traffic_mark for update`,
  )
  return mark.countedTo
}

export async function setMark(tx: Executor, countedTo: Date): Promise<void> {
  await rows(tx, sql`update assistant.traffic_mark set counted_to = ${countedTo}`)
}

/** Every passage of turns in a time, one row each. */
const passages = (since: Date, until: Date) => sql`
  select t.flow_key, t.at, t.way[i] as from_node, t.way[i + 1] as to_node
  from assistant.turn t cross join lateral generate_series(1, cardinality(t.way) - 1) i
  where t.at >= ${since} and t.at < ${until}
  union all
  select flow_key, at, node, '*' || effect from assistant.turn
  where at >= ${since} and at < ${until} and way is not null
    and effect in ('hand-over', 'start', 'end', 'call-back')`

/** Counts the passages of whole hours, from the first instant of one; what stood there of them is counted anew. */
export async function countHours(tx: Executor, since: Date, until: Date): Promise<void> {
  await rows(
    tx,
    sql`insert into assistant.traffic (flow_key, hour, from_node, to_node, times)
      select flow_key, date_bin('1 hour', at, 'epoch') as hour, from_node, to_node, count(*)
      from (${passages(since, until)}) p group by flow_key, hour, from_node, to_node
      on conflict (flow_key, hour, from_node, to_node) do update set times = excluded.times`,
  )
}

/** Passages of a flow that are counted, since an hour. */
export function sumTraffic(db: Executor, key: string, since: Date): Promise<Passage[]> {
  return rows(
    db,
    sql<Passage>`
      select from_node as "from", to_node as "to", sum(times)::int as times from assistant.traffic
      where flow_key = ${key} and hour >= ${since} group by from_node, to_node`,
  )
}

/** Passages of a flow in a short time that is not counted yet. */
export function countFresh(db: Executor, key: string, since: Date, until: Date): Promise<Passage[]> {
  return rows(
    db,
    sql<Passage>`
      select from_node as "from", to_node as "to", count(*)::int as times
      from (${passages(since, until)}) p where flow_key = ${key} group by from_node, to_node`,
  )
}

/** Forgets what was counted before an hour, at most so many rows. Gives how many. */
export function deleteTraffic(db: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from assistant.traffic t using (
        select flow_key, hour, from_node, to_node from assistant.traffic where hour < ${before} order by hour limit ${limit}) old
      where t.flow_key = old.flow_key and t.hour = old.hour and t.from_node = old.from_node and t.to_node = old.to_node`,
  )
}
