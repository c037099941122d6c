import type { ContainmentBy, ContainmentNumbers } from '../../../../contracts/containment.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { OPERATORS_ZONE } from '../operators-zone.ts'
import { CONTAINMENT } from './definition.ts'

export interface Period {
  readonly from: Date
  /** Not in it. */
  readonly to: Date
  readonly now: Date
}

const MOST_GROUPS = 200

/** Visits of a period that have ended; one that is going on has become nothing yet. */
const ended = ({ from, to, now }: Period) => {
  const since = new Date(now.getTime() - CONTAINMENT.sittingMs)
  return sql`began_at >= ${from} and began_at < ${to} and (state <> 'talking' or last_at < ${since})`
}

/** One expression for every place where the numbers are shown; of rows that have a visit's columns and whether a task was done. */
const NUMBERS = sql`json_build_object(
  'visits', count(*),
  'withoutAgent', count(*) filter (where alone),
  'done', count(*) filter (where done),
  'judgedDay', count(*) filter (where judged_days >= 1),
  'containedDay', count(*) filter (where judged_days >= 1 and done and alone
    and (recontact_at is null or recontact_at > last_at + interval '1 day')),
  'judgedWeek', count(*) filter (where judged_days >= 7),
  'containedWeek', count(*) filter (where judged_days >= 7 and done and alone and recontact_at is null),
  'abandoned', count(*) filter (where alone and state = 'talking' and not visit_done),
  'asked', count(*) filter (where why = 'asked'),
  'handedOver', count(*) filter (where not alone and why is distinct from 'asked')) as numbers`

const visitsOf = (period: Period) => sql`
  select id, began_at, last_at, state, why, channel, judged_days, recontact_at, done as visit_done,
    state <> 'people' and agent_at is null as alone
  from assistant.visit where ${ended(period)}`

/** The numbers of all visits of a period. */
export async function countAll(db: Executor, period: Period): Promise<ContainmentNumbers> {
  const [all] = await rows(
    db,
    sql<{
      numbers: ContainmentNumbers
    }>`select ${NUMBERS} from (select *, visit_done as done from (${visitsOf(period)}) v) n`,
  )
  if (!all) throw new Error('an aggregate gives one row')
  return all.numbers
}

/** The numbers of each day on which there were visits, oldest first. */
export function countByDay(
  db: Executor,
  period: Period,
): Promise<{ day: string; numbers: ContainmentNumbers }[]> {
  return rows(
    db,
    sql<{ day: string; numbers: ContainmentNumbers }>`
      select day::text, ${NUMBERS} from (
        select *, visit_done as done, (began_at at time zone ${OPERATORS_ZONE})::date as day from (${visitsOf(period)}) v) n
      group by day order by day`,
  )
}

/** A visit in each of the groups that it belongs to, once. Its task counts as done in a flow where it was done in that flow. */
const GROUPED: Readonly<Record<ContainmentBy, ReturnType<typeof sql>>> = {
  channel: sql`select v.*, v.channel as key, visit_done as done from visits v`,
  flow: sql`select v.*, f.key, f.done from visits v cross join lateral (
      select flow_key as key, bool_or(done) as done from assistant.visit_flow where visit_id = v.id group by 1) f`,
  intent: sql`select v.*, f.key, f.done from visits v cross join lateral (
      select intent as key, bool_or(done) as done from assistant.visit_flow where visit_id = v.id and intent is not null group by 1) f`,
  node: sql`select v.*, f.key, visit_done as done from visits v cross join lateral (
      select flow_key || '/' || node as key from assistant.visit_flow where visit_id = v.id order by turn desc limit 1) f`,
}

/** The numbers by flow, by the node at which visits ended, by channel, or by what was understood; most visits first, at most 200. */
export function countByGroup(
  db: Executor,
  period: Period,
  by: ContainmentBy,
): Promise<{ key: string; numbers: ContainmentNumbers }[]> {
  return rows(
    db,
    sql<{ key: string; numbers: ContainmentNumbers }>`
      with visits as (${visitsOf(period)})
      select key, ${NUMBERS} from (${GROUPED[by]}) n group by key order by count(*) desc, key limit ${MOST_GROUPS}`,
  )
}
