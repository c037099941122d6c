import type { ChannelKind } from '../../../../contracts/channels.ts'
import { type Executor, maybeOne, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'

/** A lane as it stands while its row is locked by the caller. */
export interface Lane {
  readonly id: string
  readonly channelAccountId: string | null
  readonly channel: ChannelKind
  readonly lastSeq: number
  readonly lastAt: Date | null
  readonly lastInboundAt: Date | null
  readonly interactionId: string | null
  readonly conversationId: string | null
  readonly filedSeq: number
}

const COLUMNS = sql`
  id, channel_account_id as "channelAccountId", channel, last_seq as "lastSeq", last_at as "lastAt",
  last_inbound_at as "lastInboundAt", interaction_id as "interactionId", conversation_id as "conversationId",
  filed_seq as "filedSeq"`

/** Locks lanes for the rest of the transaction, in the order of their ids, so that no two callers wait for each other. */
export function lockLanes(tx: Executor, laneIds: readonly string[]): Promise<Lane[]> {
  return rows(
    tx,
    sql<Lane>`select ${COLUMNS} from timeline.lane where id = any(${laneIds}::uuid[]) order by id for no key update`,
  )
}

/** Locks the lanes whose ids a query gives, likewise. */
export function lockLanesAmong(tx: Executor, ids: RawSql): Promise<Lane[]> {
  return rows(
    tx,
    sql<Lane>`select ${COLUMNS} from timeline.lane where id = any(array(${ids})) order by id for no key update`,
  )
}

/** Locks every lane on which conversations ever ran, and others, likewise. */
export function lockLanesOf(
  tx: Executor,
  conversationIds: readonly string[],
  laneIds: readonly string[],
): Promise<Lane[]> {
  return lockLanesAmong(
    tx,
    sql`select lane_id from timeline.segment where conversation_id = any(${[...conversationIds]}::uuid[])
      union select lane_id from timeline.conversation where id = any(${[...conversationIds]}::uuid[])
      union select unnest(${[...laneIds]}::uuid[])`,
  )
}

/** Locks one lane. Refuses with `not_found`. */
export async function lockLane(tx: Executor, laneId: string): Promise<Lane> {
  const [lane] = await lockLanes(tx, [laneId])
  return found(lane, 'lane')
}

export function findLane(db: Executor, laneId: string): Promise<Lane | undefined> {
  return maybeOne(db, sql<Lane>`select ${COLUMNS} from timeline.lane where id = ${laneId}`)
}

export interface NewLane {
  readonly id: string
  readonly channelAccountId: string
  readonly channel: ChannelKind
}

/** Makes the lanes of contact points that have none yet; repeating it changes nothing. */
export async function makeLanes(db: Executor, lanes: readonly NewLane[]): Promise<void> {
  await rows(
    db,
    sql`insert into timeline.lane (id, kind, channel_account_id, channel)
      select id, 'contact-point', account, channel
      from unnest(${lanes.map((one) => one.id)}::uuid[], ${lanes.map((one) => one.channelAccountId)}::uuid[],
        ${lanes.map((one) => one.channel)}::text[]) as t(id, account, channel)
      order by id
      on conflict (id) do nothing`,
  )
}

/** Makes the lanes of lines that have none yet; repeating it changes nothing. */
export async function makeLineLanes(tx: Executor, lineIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    sql`insert into timeline.lane (id, kind) select id, 'line' from unnest(${[...lineIds]}::uuid[]) as line(id) order by id
      on conflict (id) do nothing`,
  )
}

/** Of these contact points' lanes the one on which the person wrote last, else any; undefined = there is none. */
export async function lastLaneOf(
  db: Executor,
  contactPointIds: readonly string[],
): Promise<string | undefined> {
  const lane = await maybeOne(
    db,
    sql<{ id: string }>`select id from timeline.lane where id = any(${[...contactPointIds]}::uuid[])
      order by last_inbound_at desc nulls last, id desc limit 1`,
  )
  return lane?.id
}

/**
 * The lane of a contact point, made if it has none yet: a number that was proved before anybody wrote from it.
 * Gives its id, which is the contact point's.
 */
export async function laneOfContactPoint(tx: Executor, contactPointId: string): Promise<string> {
  await rows(
    tx,
    sql`insert into timeline.lane (id, kind, channel_account_id, channel)
      select id, 'contact-point', channel_account_id, channel from subscribers.contact_point where id = ${contactPointId}
      on conflict (id) do nothing`,
  )
  return contactPointId
}
