import { type Executor, LAZILY, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import type { Brought } from '../../timeline/index.ts'

/** Words on a lane that the assistant has not heard yet. */
export interface Waiting {
  readonly laneId: string
  readonly fromSeq: number
  readonly toSeq: number
  readonly attempts: number
}

/** Words whose lane is claimed, and in which conversation it goes on. */
export interface ClaimedWords extends Waiting {
  readonly conversationId: string | null
}

const COLUMNS = sql`lane_id as "laneId", from_seq as "fromSeq", to_seq as "toSeq", attempts`
/** A turn with its act takes seconds; whoever holds one longer is taken for dead. */
const LEASE_MS = 60_000
const leaseEnd = (now: Date): Date => new Date(now.getTime() + LEASE_MS)

/** Whoever notes words may claim lanes for an answer at once: as many as there is room for. */
export interface ClaimAtOnce {
  readonly lease: string
  readonly now: Date
  readonly limit: number
}

/**
 * Takes what came to lanes of doors where the assistant answers, and claims those on which nothing waited yet.
 * @returns the claimed lanes, and whether others wait
 */
export async function keepWaiting(
  tx: Executor,
  brought: readonly Brought[],
  { lease, now, limit }: ClaimAtOnce,
): Promise<{ readonly claimed: ClaimedWords[]; readonly others: boolean }> {
  const kept = await rows(
    tx,
    sql<ClaimedWords & { lease: string | null }>`
      with spoken as (
        select k.lane_id, min(k.seq) as from_seq, max(k.seq) as to_seq, row_number() over (order by k.lane_id) <= ${limit} as has_room
        from unnest(${brought.map(({ laneId }) => laneId)}::uuid[], ${brought.map(({ seq }) => seq)}::bigint[]) as k(lane_id, seq)
        join timeline.lane l on l.id = k.lane_id
        join assistant.door d on d.channel_account_id = l.channel_account_id and d.is_on
        group by k.lane_id
      ), kept as (
        insert into assistant.waiting as w (lane_id, from_seq, to_seq, not_before, lease, lease_until)
        select lane_id, from_seq, to_seq, ${now}, case when has_room then ${lease}::uuid end,
          case when has_room then ${leaseEnd(now)}::timestamptz end
        from spoken order by lane_id
        on conflict (lane_id) do update set to_seq = greatest(w.to_seq, excluded.to_seq)
        returning w.*
      )
      select kept.lane_id as "laneId", kept.from_seq as "fromSeq", kept.to_seq as "toSeq", kept.attempts, kept.lease,
        l.conversation_id as "conversationId" from kept join timeline.lane l on l.id = kept.lane_id`,
  )
  const claimed = kept.filter((one) => one.lease === lease)
  return { claimed, others: claimed.length < kept.length }
}

/**
 * Claims lanes that wait, those that wait longest first. A claim that a crash of the database undoes is made again: whoever holds it finds it
 * gone, so that its commit waits for no disk.
 */
export function claimWaiting(
  db: Executor,
  { lease, now, limit }: { readonly lease: string; readonly now: Date; readonly limit: number },
): Promise<ClaimedWords[]> {
  return rows(
    db,
    sql<ClaimedWords>`
      with ${LAZILY}, due as (
        select lane_id from assistant.waiting
        where not_before <= ${now} and (lease_until is null or lease_until <= ${now})
        order by not_before limit ${limit} for update skip locked
      )
      update assistant.waiting w set lease = ${lease}, lease_until = ${leaseEnd(now)}
      from due join timeline.lane l on l.id = due.lane_id, lazily where w.lane_id = due.lane_id
      returning w.lane_id as "laneId", w.from_seq as "fromSeq", w.to_seq as "toSeq", w.attempts, l.conversation_id as "conversationId"`,
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
