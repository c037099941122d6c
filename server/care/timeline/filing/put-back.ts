import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { OutboundContext } from '../outbound/context.ts'

/** Pauses before a lane that could not be filed is tried again, in milliseconds; after the last one it waits for a person. */
const RETRY_MS = [1_000, 5_000, 30_000, 120_000]

/** Lanes that could not be filed, with the reason of each: no personal data in it. */
export type Failed = ReadonlyMap<string, string>

/**
 * Takes the lanes that could not be filed out of their arrivals, each to be tried again by itself, so that the others are done
 * with. Lanes that were tried often enough stay in: they are set aside, shown among what could not be filed.
 * @param arrivalIds locked by the caller
 */
export async function putBack(
  tx: Executor,
  context: OutboundContext,
  arrivalIds: readonly number[],
  failed: Failed,
): Promise<void> {
  if (failed.size === 0) return
  await setAside(tx, context, arrivalIds, failed)
  const named = sql`timeline.arrival a cross join lateral unnest(a.lane_ids, a.seqs) as k(lane_id, seq)
    where a.id = any(${[...arrivalIds]}::bigint[]) and a.attempts < ${RETRY_MS.length}`
  const lanes = sql`(${[...failed.keys()]}::uuid[])`
  await rows(
    tx,
    sql`with apart as (
        insert into timeline.arrival (lane_ids, seqs, stored_at, attempts, not_before)
        select array_agg(k.lane_id), array_agg(k.seq), a.stored_at, a.attempts + 1, ${nextTry(context)}
        from ${named} and k.lane_id = any${lanes} group by a.id, k.lane_id
      ), rest as (
        select a.id, coalesce(array_agg(k.lane_id) filter (where k.lane_id <> all${lanes}), '{}') as lane_ids,
          coalesce(array_agg(k.seq) filter (where k.lane_id <> all${lanes}), '{}') as seqs
        from ${named} group by a.id
      )
      update timeline.arrival a set lane_ids = rest.lane_ids, seqs = rest.seqs from rest where a.id = rest.id`,
  )
}

/** Arrivals that cannot be done with for a reason that is no lane's own are looked at again later, so that they hold up no other. */
export async function postpone(context: OutboundContext, arrivalIds: readonly number[]): Promise<void> {
  await rows(
    context.db,
    sql`update timeline.arrival a set attempts = a.attempts + 1, not_before = ${nextTry(context)}
      where a.id = any(${[...arrivalIds]}::bigint[])`,
  )
}

const nextTry = ({ clock }: OutboundContext) =>
  sql`${clock.now()}::timestamptz + (${RETRY_MS}::int[])[least(a.attempts + 1, ${RETRY_MS.length})] * interval '1 millisecond'`

/** One event a lane: the next failure of the same lane adds to it. */
async function setAside(
  tx: Executor,
  context: OutboundContext,
  arrivalIds: readonly number[],
  failed: Failed,
): Promise<void> {
  const reasons = [...failed].map(([laneId, reason]) => ({ id: newId(context.clock), laneId, reason }))
  await rows(
    tx,
    sql`insert into timeline.unfiled_event
        (id, channel_account_id, raw_received_at, lane_id, seq, state, reason, attempts, changed_at)
      select f.id, l.channel_account_id, min(a.stored_at), l.id, max(k.seq), 'set-aside', f.reason, max(a.attempts) + 1, ${context.clock.now()}
      from unnest(${reasons.map((one) => one.id)}::uuid[], ${reasons.map((one) => one.laneId)}::uuid[],
        ${reasons.map((one) => one.reason)}::text[]) as f(id, lane_id, reason)
      join timeline.lane l on l.id = f.lane_id
      join timeline.arrival a on a.id = any(${[...arrivalIds]}::bigint[]) and a.attempts >= ${RETRY_MS.length}
      cross join lateral unnest(a.lane_ids, a.seqs) as k(lane_id, seq)
      where k.lane_id = f.lane_id
      group by f.id, f.reason, l.id
      order by l.id
      on conflict (lane_id) where state = 'set-aside' and lane_id is not null do update
        set seq = greatest(unfiled_event.seq, excluded.seq), reason = excluded.reason, changed_at = excluded.changed_at`,
  )
}
