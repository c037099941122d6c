import type { MarketOnTimeline } from '../../../../contracts/market.ts'
import type { Clock } from '../../../platform/clock.ts'
import { type Executor, lookUpByKeys, rows, sql, together } from '../../../platform/database/index.ts'
import { storableJson } from '../inbound/storable.ts'
import type { LaneNews } from '../live/notices.ts'
import { lockLanes, makeLineLanes } from './lanes.ts'

export interface MarketHappening {
  readonly lineId: string
  /** Its name, once a lane: a repeat changes nothing. */
  readonly name: string
  readonly what: MarketOnTimeline
}

/**
 * Puts what happened on the Market on the lanes of its lines, however many in as many statements as one; lanes are made where there are none
 * yet. Gives the lanes that have something new.
 */
export async function appendMarket(
  tx: Executor,
  clock: Clock,
  happenings: readonly MarketHappening[],
): Promise<LaneNews[]> {
  if (happenings.length === 0) return []
  const laneIds = [...new Set(happenings.map(({ lineId }) => lineId))].sort()
  const now = clock.now()
  const attempt = () =>
    together(tx, (flight) => [
      lookUpByKeys(flight),
      lockLanes(flight, laneIds),
      appendToLanes(flight, happenings, now),
    ])
  const [, locked, news] = await attempt()
  if (locked.length === laneIds.length) return news
  await makeLineLanes(tx, laneIds)
  const [, , rest] = await attempt()
  return [...news, ...rest]
}

/** What stands there already is not repeated; what has no lane yet is left out. The lanes are locked. */
function appendToLanes(tx: Executor, happenings: readonly MarketHappening[], now: Date): Promise<LaneNews[]> {
  return rows(
    tx,
    sql<LaneNews>`
      with asked as (
        select lane_id, external_id, body, place from unnest(${happenings.map(({ lineId }) => lineId)}::uuid[],
          ${happenings.map(({ name }) => `market:${name}`)}::text[],
          ${happenings.map(({ what }) => storableJson({ type: 'market', market: what }))}::jsonb[])
          with ordinality as a (lane_id, external_id, body, place)),
      fresh as (
        select a.*, row_number() over (partition by a.lane_id order by a.place) as later from asked a
        where not exists (
          select from timeline.entry_body b where b.lane_id = a.lane_id and b.external_id = a.external_id)),
      numbered as (
        update timeline.lane l set last_seq = l.last_seq + f.news, last_at = greatest(l.last_at, ${now})
        from (select lane_id, count(*) as news from fresh group by lane_id) f
        where l.id = f.lane_id returning l.id, l.last_seq - f.news as before, l.last_seq, l.last_at),
      skeleton as (
        insert into timeline.entry (lane_id, seq, kind, direction, author_kind, received_at, stored_at, late)
        select f.lane_id, n.before + f.later, 'market', 'internal', 'system', ${now}, n.last_at, false
        from fresh f join numbered n on n.id = f.lane_id),
      bodies as (
        insert into timeline.entry_body (lane_id, seq, body, external_id, stored_at)
        select f.lane_id, n.before + f.later, f.body, f.external_id, n.last_at
        from fresh f join numbered n on n.id = f.lane_id)
      select id as "laneId", last_seq as seq from numbered`,
  )
}
