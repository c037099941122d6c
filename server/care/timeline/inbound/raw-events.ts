import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

/** Where a payload is kept. */
export interface RawRef {
  readonly id: string
  readonly receivedAt: Date
}

/** Keeps a payload byte for byte; repeating it changes nothing. */
export async function keepRawEvent(
  tx: Executor,
  raw: RawRef,
  channelAccountId: string,
  payload: Buffer,
  laneId: string | null,
) {
  await rows(
    tx,
    sql`insert into timeline.raw_event (received_at, id, channel_account_id, lane_id, payload)
      values (${raw.receivedAt}, ${raw.id}, ${channelAccountId}, ${laneId}, ${payload})
      on conflict do nothing`,
  )
}

/** Destroys the bytes of a payload; that it came stays known. */
export async function dropRawEvent(tx: Executor, raw: RawRef): Promise<void> {
  await rows(
    tx,
    sql`update timeline.raw_event set payload = null where received_at = ${raw.receivedAt} and id = ${raw.id}`,
  )
}

/** The bytes of a payload; undefined once erased. */
export async function readRawEvent(db: Executor, raw: RawRef): Promise<Buffer | undefined> {
  const row = await maybeOne(
    db,
    sql<{ payload: Buffer | null }>`select payload from timeline.raw_event
      where received_at = ${raw.receivedAt} and id = ${raw.id}`,
  )
  return row?.payload ?? undefined
}

/**
 * Claims the channel's name of an event.
 * @returns false when it was claimed before: the event is a repeat
 */
export async function claimKey(
  tx: Executor,
  channelAccountId: string,
  key: string,
  now: Date,
): Promise<boolean> {
  const claimed = await maybeOne(
    tx,
    sql<{ claimed: true }>`insert into timeline.inbound_key (channel_account_id, external_id, received_at)
      values (${channelAccountId}, ${key}, ${now}) on conflict do nothing returning true as claimed`,
  )
  return claimed !== undefined
}
