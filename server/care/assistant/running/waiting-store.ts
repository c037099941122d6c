import { type Executor, LAZILY, maybeOne, rows, sql } from '../../../platform/database/index.ts'

/** Words on a lane that the assistant has not heard yet. */
export interface Waiting {
  readonly laneId: string
  readonly fromSeq: number
  readonly toSeq: number
  readonly attempts: number
}

const COLUMNS = sql`lane_id as "laneId", from_seq as "fromSeq", to_seq as "toSeq", attempts`
/** A turn with its act takes seconds; whoever holds one longer is taken for dead. */
const LEASE_MS = 60_000

/** Takes what these accepted batches brought to lanes of doors where the assistant answers. Gives how many lanes. */
export async function keepWaiting(tx: Executor, arrivalIds: readonly number[], now: Date): Promise<number> {
  const kept = await rows(
    tx,
    sql`insert into assistant.waiting (lane_id, from_seq, to_seq, not_before)
      select k.lane_id, min(k.seq), max(k.seq), ${now}::timestamptz
      from timeline.arrival a cross join lateral unnest(a.lane_ids, a.seqs) as k(lane_id, seq)
      join timeline.lane l on l.id = k.lane_id
      join assistant.door d on d.channel_account_id = l.channel_account_id and d.is_on
      where a.id = any(${[...arrivalIds]}::bigint[]) group by k.lane_id order by k.lane_id
      on conflict (lane_id) do update set to_seq = greatest(assistant.waiting.to_seq, excluded.to_seq)
      returning 1`,
  )
  return kept.length
}

/**
 * Claims lanes that wait, those that wait longest first. A claim that a crash of the database undoes is made again: whoever holds it finds it
 * gone, so that its commit waits for no disk.
 */
export function claimWaiting(
  db: Executor,
  { lease, now, limit }: { readonly lease: string; readonly now: Date; readonly limit: number },
): Promise<Waiting[]> {
  return rows(
    db,
    sql<Waiting>`
      with ${LAZILY}, due as (
        select lane_id from assistant.waiting
        where not_before <= ${now} and (lease_until is null or lease_until <= ${now})
        order by not_before limit ${limit} for update skip locked
      )
      update assistant.waiting w set lease = ${lease}, lease_until = ${new Date(now.getTime() + LEASE_MS)}
      from due, lazily where w.lane_id = due.lane_id
      returning w.lane_id as "laneId", w.from_seq as "fromSeq", w.to_seq as "toSeq", w.attempts`,
  )
}

/** The claim, locked; whoever brings further words waits. Undefined: it is somebody else's by now. */
export function lockWaiting(tx: Executor, laneId: string, lease: string): Promise<Waiting | undefined> {
  return maybeOne(
    tx,
    sql<Waiting>`select ${COLUMNS} from assistant.waiting where lane_id = ${laneId} and lease = ${lease} for update`,
  )
}

/** These words are heard. */
export async function markHeardTo(tx: Executor, laneId: string, seq: number): Promise<void> {
  await rows(
    tx,
    sql`update assistant.waiting set from_seq = ${seq + 1}, attempts = 0 where lane_id = ${laneId}`,
  )
}

/** Nothing waits there any more. */
export async function dropWaiting(tx: Executor, laneId: string): Promise<void> {
  await rows(tx, sql`delete from assistant.waiting where lane_id = ${laneId}`)
}

/** It did not go: tried again later. */
export async function putOff(
  db: Executor,
  { laneId, lease, until }: { readonly laneId: string; readonly lease: string; readonly until: Date },
): Promise<void> {
  await rows(
    db,
    sql`update assistant.waiting set attempts = attempts + 1, not_before = ${until}, lease = null, lease_until = null
      where lane_id = ${laneId} and lease = ${lease}`,
  )
}
