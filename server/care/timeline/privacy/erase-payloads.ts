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

/** A payload that stands on no lane (an unreadable one, a receipt, a replayed one). */
export interface LanelessPayload {
  readonly receivedAt: Date
  readonly id: string
}

interface Looked {
  readonly laneIds: readonly string[]
  /** What the doors call the person. */
  readonly names: readonly string[]
  /** Nothing that was received before; absent: everything that is kept. */
  readonly since?: Date
  /** Looked through by one statement. */
  readonly pageRows?: number
}

interface Seen extends LanelessPayload {
  /** Null when none of the names is in it. */
  readonly payload: Buffer | null
}

const PAGE_ROWS = 1_000
const BEGINNING = { receivedAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' }

/**
 * Finds the payloads on no lane, of the doors of these lanes, that name a person: page by page, so that no statement takes long and memory
 * is bounded however many there are. Takes no locks: look before the lanes are locked, and under the locks at what came since.
 */
export async function findLanelessPayloads(
  db: Executor,
  { laneIds, names, since, pageRows = PAGE_ROWS }: Looked,
): Promise<LanelessPayload[]> {
  if (names.length === 0) return []
  const accounts = await rows(
    db,
    sql<{ id: string }>`select distinct channel_account_id as id from timeline.lane
      where id = any(${[...laneIds]}::uuid[]) and channel_account_id is not null`,
  )
  const found: LanelessPayload[] = []
  for (const { id: accountId } of accounts) {
    let last: LanelessPayload | undefined = { ...BEGINNING, receivedAt: since ?? BEGINNING.receivedAt }
    while (last) {
      const page: Seen[] = await readPage(db, accountId, names, last, pageRows)
      for (const { payload, ...one } of page)
        if (payload && namesAny(payload.toString('utf8'), names)) found.push(one)
      last = page.length < pageRows ? undefined : page.at(-1)
    }
  }
  return found
}

function readPage(
  db: Executor,
  accountId: string,
  names: readonly string[],
  after: LanelessPayload,
  limit: number,
): Promise<Seen[]> {
  return rows(
    db,
    sql<Seen>`select r.received_at as "receivedAt", r.id,
        case when exists (select from unnest(${[...names]}::text[]) as n(name)
          where position(convert_to(n.name, 'UTF8') in r.payload) > 0) then r.payload end as payload
      from timeline.raw_event r
      where r.channel_account_id = ${accountId} and r.lane_id is null and r.payload is not null
        and r.received_at >= ${after.receivedAt} and (r.received_at, r.id) > (${after.receivedAt}, ${after.id}::uuid)
      order by r.received_at, r.id limit ${limit}`,
  )
}

/** Destroys payloads on no lane, and gives up the unfiled events among them. */
export async function eraseLanelessPayloads(
  tx: Executor,
  payloads: readonly LanelessPayload[],
  now: Date,
): Promise<{ rawEvents: number; unfiledEvents: number }> {
  const ids = payloads.map(({ id }) => id)
  return {
    rawEvents: await countChanged(
      tx,
      sql`update timeline.raw_event set payload = null, headers = null
        where payload is not null and (received_at, id) in (
          select * from unnest(${payloads.map((one) => one.receivedAt)}::timestamptz[], ${ids}::uuid[]))`,
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
