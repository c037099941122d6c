import { type Executor, LAZILY, one, sql } from '../../../platform/database/index.ts'
import { SETTLED } from './unsettled.ts'

/**
 * Finishes accepted batches in which filing would change nothing, in one statement: what they brought goes on to be indexed for search. The
 * others, and those of people who could not be reached until they wrote, stay for whoever files them step by step. Only while nobody else
 * is to hear what was filed.
 *
 * It repeats what is durable already, so that its commit waits for no disk. Lanes are looked up one by one whatever the planner thinks of
 * their number: its plan may stem from the day when there were none.
 * @param most batches that are looked at, the longest waiting first
 * @returns how many were looked at and how many of them are finished
 */
export function finishSettled(
  db: Executor,
  now: Date,
  most: number,
): Promise<{ claimed: number; finished: number }> {
  return one(
    db,
    sql<{ claimed: number; finished: number }>`
      with ${LAZILY}, claimed as materialized (
        select id, lane_ids, seqs, stored_at from timeline.arrival
        where not_before <= ${now} and attempts = 0 order by id limit ${most} for update skip locked
      ), unsettled as materialized (
        select t.lane_id from (select distinct unnest(lane_ids) as lane_id from claimed) t
        where not exists (
          select from (select * from timeline.lane where id = t.lane_id offset 0) l
          join lateral (select * from timeline.conversation where id = l.conversation_id offset 0) c on true
          where ${SETTLED}
        ) or exists (select from subscribers.contact_point where id = t.lane_id and unreachable_since is not null)
      ), finished as (
        delete from timeline.arrival where id in (
          select id from claimed where not lane_ids && array(select lane_id from unsettled)
        ) returning lane_ids, seqs, stored_at
      ), handed_on as (
        insert into search.waiting (lane_ids, seqs, stored_at)
        select lane_ids, seqs, stored_at from finished where lane_ids <> '{}'
      )
      select (select count(*)::int from claimed) as claimed, (select count(*)::int from finished) as finished from lazily`,
  )
}
