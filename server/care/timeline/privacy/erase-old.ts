import { countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'

/** An entry whose body is gone. */
export interface EntryKey {
  readonly laneId: string
  readonly seq: number
}

/** Destroys the bodies of entries stored before an instant, at most `limit`. Gives whose they were. */
export function eraseOldBodies(tx: Executor, before: Date, limit: number): Promise<EntryKey[]> {
  return rows(
    tx,
    sql<EntryKey>`delete from timeline.entry_body where (lane_id, seq) in (
        select lane_id, seq from timeline.entry_body where stored_at < ${before} limit ${limit})
      returning lane_id as "laneId", seq`,
  )
}

/** Destroys notes of wrap-ups of conversations opened before an instant. */
export function eraseOldNotes(tx: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    tx,
    sql`update timeline.conversation set summary_note = null where id = any(array(
      select id from timeline.conversation where summary_note is not null and opened_at < ${before} order by opened_at limit ${limit}))`,
  )
}

/** Destroys payloads received before an instant; unfiled events among them cannot be replayed any more and are given up. */
export async function eraseOldPayloads(
  tx: Executor,
  before: Date,
  limit: number,
  now: Date,
): Promise<number> {
  const gone = await rows(
    tx,
    sql<{ id: string }>`delete from timeline.raw_event where (received_at, id) in (
        select received_at, id from timeline.raw_event where received_at < ${before} order by received_at limit ${limit})
      returning id`,
  )
  await rows(
    tx,
    sql`update timeline.unfiled_event set state = 'discarded', reason = 'erased', next_attempt_at = null, changed_at = ${now}
      where raw_id = any(${gone.map(({ id }) => id)}::uuid[]) and state in ('failed', 'set-aside')`,
  )
  return gone.length
}

/** Forgets unsent answers that nobody touched since an instant. */
export function eraseOldDrafts(tx: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    tx,
    sql`delete from timeline.draft where (agent_id, conversation_id) in (
      select agent_id, conversation_id from timeline.draft where updated_at < ${before} order by updated_at limit ${limit})`,
  )
}
