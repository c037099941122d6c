import type { ChannelKind } from '../../../contracts/channels.ts'
import { type Executor, type RawSql, rows, sql } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { pageOf } from '../../platform/pages.ts'
import { Refusal } from '../../platform/refusal.ts'
import { ownerAt } from '../subscribers/index.ts'

export interface Hit {
  readonly conversationId: string | null
  readonly laneId: string
  readonly seq: number
  readonly channel: ChannelKind
  readonly storedAt: Date
  readonly by: 'subscriber' | 'agent' | 'assistant' | 'system'
  readonly headline: string
}

/** Signs that PostgreSQL puts around hits; they cannot occur in stored text. */
export const HIT_FROM = '\u0001'
export const HIT_TO = '\u0002'

const RECENT_MS = 72 * 3_600_000

interface Cursor {
  readonly at: Date
  readonly laneId: string
  readonly seq: number
}

const LAST: Cursor = {
  at: new Date('9999-12-31'),
  laneId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  seq: Number.MAX_SAFE_INTEGER,
}

function readCursor(after: string | undefined): Cursor {
  if (after === undefined) return LAST
  const [at, laneId, seq] = after.split('_')
  if (!at || !laneId || !seq || !/^\d+$/.test(at) || !/^[0-9a-f-]{36}$/.test(laneId) || !/^\d+$/.test(seq)) {
    throw new Refusal('invalid_request', { in: 'after' })
  }
  return { at: new Date(Number(at)), laneId, seq: Number(seq) }
}

/**
 * What the searcher may see: agents, the lanes of conversations that are theirs, were lately, or wait for anybody; of a lane that
 * changed hands, what stands in the time of the person whose conversation it is.
 */
function scope(staff: Staff, now: Date): RawSql {
  if (staff.roles.includes('supervisor')) return sql`true`
  const recent = new Date(now.getTime() - RECENT_MS)
  const theirs = sql`((c.assignee_id = ${staff.id} and (c.state in ('open', 'snoozed', 'muted') or c.resolved_at > ${recent}))
    or (c.assignee_id is null and c.state = 'open'))`
  const segments = sql`timeline.segment s join timeline.conversation c on c.id = s.conversation_id`
  return sql`d.lane_id = any(array(select s.lane_id from ${segments} where ${theirs}))
    and exists (select 1 from ${segments} where s.lane_id = d.lane_id and ${theirs}
      and ${ownerAt(sql`d.lane_id`, sql`d.stored_at`)} is not distinct from ${ownerAt(sql`d.lane_id`, sql`c.resolved_at`)})`
}

/** What the person has deleted is found no more, also before the indexer comes to it. */
const notWithdrawn = sql`not exists (select from timeline.entry gone where gone.kind = 'deletion' and gone.lane_id = d.lane_id
  and gone.supersedes in (d.seq, (select own.supersedes from timeline.entry own where own.lane_id = d.lane_id and own.seq = d.seq)))`

/**
 * Newest first. Words are understood in Russian and English: endings do not matter, all words must be there, quotes keep
 * words together, a minus excludes.
 */
export async function searchEntries(
  db: Executor,
  staff: Staff,
  query: { readonly q: string; readonly after?: string | undefined; readonly limit: number },
  now: Date,
): Promise<{ hits: Hit[]; next: string | null }> {
  const cursor = readCursor(query.after)
  const found = await rows(
    db,
    sql<Hit>`
      with asked as (
        select websearch_to_tsquery('russian', ${query.q}) as words
      ), page as (
        select d.lane_id, d.seq, d.stored_at from search.document d, asked
        where d.words @@ asked.words and (d.stored_at, d.lane_id, d.seq) < (${cursor.at}, ${cursor.laneId}::uuid, ${cursor.seq}::bigint)
          and ${scope(staff, now)} and ${notWithdrawn}
        order by d.stored_at desc, d.lane_id desc, d.seq desc limit ${query.limit + 1}
      )
      select p.lane_id as "laneId", p.seq, p.stored_at as "storedAt", l.channel, e.author_kind as by,
        (select s.conversation_id from timeline.segment s where s.lane_id = p.lane_id and s.from_seq <= p.seq
          order by s.from_seq desc limit 1) as "conversationId",
        ts_headline('russian', concat_ws(' — ', b.body->'mail'->>'subject', left(b.body->>'text', 5000)), asked.words,
          ${`StartSel=${HIT_FROM}, StopSel=${HIT_TO}, MaxWords=24, MinWords=8`}) as headline
      from page p cross join asked
      join timeline.lane l on l.id = p.lane_id
      join timeline.entry e on e.lane_id = p.lane_id and e.seq = p.seq
      join timeline.entry_body b on b.lane_id = p.lane_id and b.seq = p.seq
      order by p.stored_at desc, p.lane_id desc, p.seq desc`,
  )
  const { items, next } = pageOf(
    found,
    query.limit,
    ({ storedAt, laneId, seq }) => `${storedAt.getTime()}_${laneId}_${seq}`,
  )
  return { hits: items, next }
}
