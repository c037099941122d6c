import { countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'
import { type LaneSpan, tableOf } from './spans.ts'

/**
 * Destroys the payloads that brought the entries of stretches. They are found by their time, which the entry repeats: an index by
 * lane would cost every message that comes in. The parts of an album have no entries of their own and came close to its first.
 */
export function eraseLanePayloads(tx: Executor, spans: readonly LaneSpan[]): Promise<number> {
  return countChanged(
    tx,
    sql`update timeline.raw_event r set payload = null, headers = null
      where (r.received_at, r.id) in (
        select near.received_at, near.id from ${tableOf(spans)}
        join timeline.entry e on e.lane_id = s.lane_id and e.seq between s.first_seq and s.last_seq
        join timeline.raw_event near on near.lane_id = e.lane_id and near.received_at = e.received_at
        where near.payload is not null
        union all
        select near.received_at, near.id from ${tableOf(spans)}
        join timeline.entry_body b on b.lane_id = s.lane_id and b.seq between s.first_seq and s.last_seq
          and b.external_id like 'album:%'
        join timeline.entry e on e.lane_id = b.lane_id and e.seq = b.seq
        join timeline.raw_event near on near.lane_id = e.lane_id
          and near.received_at between e.received_at and e.received_at + interval '10 minutes'
        where near.payload is not null)`,
  )
}

interface Laneless {
  readonly laneIds: readonly string[]
  readonly names: readonly string[]
  readonly now: Date
}

interface Candidate {
  readonly id: string
  readonly receivedAt: Date
  readonly payload: Buffer
}

/**
 * Destroys payloads that stand on no lane (unreadable ones, receipts, replayed ones) but name the person, and gives up the unfiled
 * events among them.
 */
export async function eraseLanelessPayloads(
  tx: Executor,
  { laneIds, names, now }: Laneless,
): Promise<{ rawEvents: number; unfiledEvents: number }> {
  const candidates = await rows(
    tx,
    sql<Candidate>`select r.id, r.received_at as "receivedAt", r.payload from timeline.raw_event r
      where r.lane_id is null and r.payload is not null
        and r.channel_account_id in (select channel_account_id from timeline.lane where id = any(${[...laneIds]}::uuid[]))
        and exists (select 1 from unnest(${[...names]}::text[]) as n(name) where position(convert_to(n.name, 'UTF8') in r.payload) > 0)`,
  )
  const theirs = candidates.filter(({ payload }) => namesAny(payload.toString('utf8'), names))
  const ids = theirs.map(({ id }) => id)
  return {
    rawEvents: await countChanged(
      tx,
      sql`update timeline.raw_event set payload = null, headers = null
        where (received_at, id) in (
          select * from unnest(${theirs.map((one) => one.receivedAt)}::timestamptz[], ${ids}::uuid[]))`,
    ),
    unfiledEvents: await countChanged(
      tx,
      sql`update timeline.unfiled_event set state = 'discarded', reason = 'erased', next_attempt_at = null, changed_at = ${now}
        where raw_id = any(${ids}::uuid[]) and state in ('failed', 'set-aside')`,
    ),
  }
}

/** Does a text hold one of the names as a whole word? 42 is not in 1420. */
function namesAny(text: string, names: readonly string[]): boolean {
  return names.some((name) => {
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'u').test(text)
  })
}
