import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/** A plain message, ready to be stored: its lane exists, its body is text that PostgreSQL can hold. */
export interface Arriving {
  readonly laneId: string
  readonly channelAccountId: string
  /** The channel's name of the event. */
  readonly key: string
  /** The channel's name of the message. */
  readonly messageId: string | null
  readonly rawId: string
  readonly payload: Buffer
  /** JSON of the entry's body. */
  readonly body: string
  readonly providerAt: Date | null
  /** A lane that was silent since then has no interaction going on. */
  readonly silentSince: Date
}

export interface Accepted {
  /** Place of the input in the batch, from 1. */
  readonly n: number
  readonly laneId: string
  readonly seq: number
  readonly storedAt: Date
}

/** So many are taken in as a list of values: each number of them is a statement of its own, which has to be planned. */
const FEW = 6

/**
 * Stores a batch of inbound messages in one statement, one transaction, one commit: what makes replays change nothing,
 * the raw event, the entry with its lane's number, and the note that filing must follow. Events seen before, in this
 * batch or ever, change nothing and are not among the results; those of one lane come in its order.
 *
 * Everything is taken in sorted order (keys, then lanes), so that parallel batches wait but never deadlock.
 */
export function acceptBatch(db: Executor, now: Date, batch: readonly Arriving[]): Promise<Accepted[]> {
  const isFew = batch.length <= FEW && areApart(batch)
  return isFew ? acceptFew(db, now, batch) : acceptMany(db, now, batch)
}

/** No two are of one lane or one event. */
const areApart = (batch: readonly Arriving[]): boolean =>
  [batch.map((one) => one.laneId), batch.map((one) => one.key)].every(
    (names) => new Set(names).size === names.length,
  )

/**
 * For messages that come by themselves, as most do whatever the traffic: nothing is numbered within a lane, and the entry's number comes from the
 * lane's own update. What a statement does before its first row is most of what so few cost (docs/performance.md, `echo`).
 */
function acceptFew(db: Executor, now: Date, batch: readonly Arriving[]): Promise<Accepted[]> {
  const values = batch.map(
    (
      one,
      index,
    ) => sql`(${sql.lit(index + 1)}, ${one.laneId}::uuid, ${one.channelAccountId}::uuid, ${one.key}::text,
      ${one.messageId}::text, ${one.rawId}::uuid, ${one.payload}::bytea, ${one.body}::text, ${one.providerAt}::timestamptz,
      ${one.silentSince}::timestamptz)`,
  )
  const several = batch.length > 1
  const sorted = several ? sql`order by account, key` : sql``
  const lockedInOrder = several
    ? sql`join timeline.lane l on l.id = i.lane order by l.id for no key update of l`
    : sql``
  return rows(
    db,
    sql<Accepted>`
    with input as (
      select * from (values ${sql.join(values)})
        as t(n, lane, account, key, message_id, raw_id, payload, body, provider_at, silent_since)
    ), seen_first as (
      insert into timeline.inbound_key (channel_account_id, external_id, received_at)
      select account, key, ${now} from input ${sorted}
      on conflict do nothing
      returning channel_account_id, external_id
    ), fresh as (
      select i.* from input i join seen_first s on s.channel_account_id = i.account and s.external_id = i.key ${lockedInOrder}
    ), placed as (
      update timeline.lane l
      set last_seq = l.last_seq + 1,
        filed_seq = case when l.interaction_id is not null and l.last_at < f.silent_since then l.last_seq else l.filed_seq end,
        interaction_id = case when l.last_at < f.silent_since then null else l.interaction_id end,
        last_at = greatest(l.last_at, ${now}), last_inbound_at = greatest(l.last_at, ${now})
      from fresh f
      where l.id = f.lane
      returning f.*, l.last_seq as seq, l.last_at as stored_at
    ), raw as (
      insert into timeline.raw_event (received_at, id, channel_account_id, lane_id, payload)
      select ${now}, raw_id, account, lane, payload from placed where length(payload) > 0
    ), skeleton as (
      insert into timeline.entry (lane_id, seq, kind, direction, author_kind, provider_at, received_at, stored_at)
      select lane, seq, 'message', 'in', 'subscriber', provider_at, ${now}, stored_at from placed
    ), bodies as (
      insert into timeline.entry_body (lane_id, seq, body, external_id, stored_at)
      select lane, seq, body::jsonb, message_id, stored_at from placed
    ), followed as (
      insert into timeline.arrival (lane_ids, seqs, stored_at, not_before)
      select array_agg(lane), array_agg(seq), max(stored_at), ${now} from placed having count(*) > 0
    )
    select n, lane as "laneId", seq, stored_at as "storedAt" from placed`,
  )
}

/** For any. The raw payloads travel as one buffer with offsets: arrays of buffers go over the wire as hexadecimal text. */
function acceptMany(db: Executor, now: Date, batch: readonly Arriving[]): Promise<Accepted[]> {
  let offset = 1
  const offsets = batch.map((one) => {
    const start = offset
    offset += one.payload.length
    return start
  })
  return rows(
    db,
    sql<Accepted>`
    with input as materialized (
      select distinct on (account, key) *
      from unnest(
        ${batch.map((one) => one.laneId)}::uuid[], ${batch.map((one) => one.channelAccountId)}::uuid[],
        ${batch.map((one) => one.key)}::text[], ${batch.map((one) => one.messageId)}::text[],
        ${batch.map((one) => one.rawId)}::uuid[], ${offsets}::int[], ${batch.map((one) => one.payload.length)}::int[],
        ${batch.map((one) => one.body)}::text[], ${batch.map((one) => one.providerAt)}::timestamptz[],
        ${batch.map((one) => one.silentSince)}::timestamptz[]
      ) with ordinality as t(lane, account, key, message_id, raw_id, raw_from, raw_bytes, body, provider_at, silent_since, n)
      order by account, key, n
    ), seen_first as (
      insert into timeline.inbound_key (channel_account_id, external_id, received_at)
      select account, key, ${now} from input order by account, key
      on conflict do nothing
      returning channel_account_id, external_id
    ), fresh as (
      select i.*, row_number() over (partition by lane order by n) as place
      from input i join seen_first s on s.channel_account_id = i.account and s.external_id = i.key
    ), placed as materialized (
      select f.*, l.last_seq + f.place as seq, greatest(l.last_at, ${now}) as stored_at
      from fresh f join timeline.lane l on l.id = f.lane order by l.id for no key update of l
    ), numbered as (
      update timeline.lane l
      set last_seq = p.last_seq,
        filed_seq = case when l.interaction_id is not null and l.last_at < p.silent_since then l.last_seq else l.filed_seq end,
        interaction_id = case when l.last_at < p.silent_since then null else l.interaction_id end,
        last_at = p.stored_at, last_inbound_at = p.stored_at
      from (
        select lane, max(seq) as last_seq, max(silent_since) as silent_since, max(stored_at) as stored_at from placed group by lane
      ) p
      where l.id = p.lane
    ), raw as (
      insert into timeline.raw_event (received_at, id, channel_account_id, lane_id, payload)
      select ${now}, raw_id, account, lane, substr(${Buffer.concat(batch.map((one) => one.payload))}::bytea, raw_from, raw_bytes)
      from placed where raw_bytes > 0
    ), skeleton as (
      insert into timeline.entry (lane_id, seq, kind, direction, author_kind, provider_at, received_at, stored_at)
      select lane, seq, 'message', 'in', 'subscriber', provider_at, ${now}, stored_at from placed
    ), bodies as (
      insert into timeline.entry_body (lane_id, seq, body, external_id, stored_at)
      select lane, seq, body::jsonb, message_id, stored_at from placed
    ), followed as (
      insert into timeline.arrival (lane_ids, seqs, stored_at, not_before)
      select array_agg(lane), array_agg(seq), max(stored_at), ${now} from placed having count(*) > 0
    )
    select n::int as n, lane as "laneId", seq, stored_at as "storedAt" from placed order by n`,
  )
}
