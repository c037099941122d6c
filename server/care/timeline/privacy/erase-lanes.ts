import { announce } from '../../../platform/bus/index.ts'
import { countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { InboundContext } from '../inbound/context.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { lockLanes } from '../lanes/lanes.ts'
import { eraseFiles } from './erase-files.ts'
import {
  eraseLanelessPayloads,
  eraseLanePayloads,
  findLanelessPayloads,
  type LanelessPayload,
} from './erase-payloads.ts'
import { type LaneSpan, tableOf, within } from './spans.ts'

/** How many of each were destroyed. */
export type Counts = Readonly<Record<string, number>>

export interface Erasing {
  readonly spans: readonly LaneSpan[]
  /** What the doors call the person: to find payloads that stand on no lane. */
  readonly names: readonly string[]
  /** Those that were found before the lanes were locked, and since when they may be incomplete. */
  readonly laneless: { readonly payloads: readonly LanelessPayload[]; readonly until: Date }
}

/**
 * Destroys everything that was said on a person's stretches: bodies, raw payloads, files, unsent and failed words, drafts, notes of
 * wrap-ups. The skeleton stays for counting, and a mark says that it happened. The caller has locked the lanes (`lockForErasure`).
 */
export async function eraseLanes(
  tx: Executor,
  context: InboundContext,
  { spans, names, laneless: found }: Erasing,
): Promise<Counts> {
  const laneIds = spans.map((one) => one.laneId)
  const now = context.clock.now()
  // Payloads first: albums are recognised by what stands in the bodies.
  const rawEvents = await eraseLanePayloads(tx, spans)
  const since = await findLanelessPayloads(tx, { laneIds, names, since: found.until })
  const laneless = await eraseLanelessPayloads(tx, [...found.payloads, ...since], now)
  const counts = {
    rawEvents: rawEvents + laneless.rawEvents,
    unfiledEvents: laneless.unfiledEvents,
    bodies: await countChanged(
      tx,
      sql`delete from timeline.entry_body b using ${tableOf(spans)}
        where b.lane_id = s.lane_id and b.seq between s.first_seq and s.last_seq`,
    ),
    attachments: await eraseFiles(tx, context, spans),
    outbound: await eraseOutbound(tx, spans, now),
    ...(await eraseAround(tx, spans)),
  }
  await leaveMarks(tx, context, spans)
  return counts
}

/** Locks the lanes of windows, in order, so that nothing is stored on them meanwhile. */
export async function lockForErasure(tx: Executor, laneIds: readonly string[]): Promise<void> {
  await lockLanes(tx, laneIds)
}

/** Words that wait to be sent are taken back; what providers said of a message and called it goes too. */
async function eraseOutbound(tx: Executor, spans: readonly LaneSpan[], now: Date): Promise<number> {
  const theirs = sql`o.lane_id = s.lane_id and (o.seq between s.first_seq and s.last_seq
    or (o.seq is null and ${within(sql.ref('o.created_at'))}))`
  await rows(
    tx,
    sql`delete from timeline.outbound_external x using timeline.outbound o, ${tableOf(spans)}
      where x.outbound_id = o.id and ${theirs}`,
  )
  await rows(
    tx,
    sql`update timeline.outbound_event e set detail = null from timeline.outbound o, ${tableOf(spans)}
      where e.outbound_id = o.id and e.detail is not null and ${theirs}`,
  )
  return countChanged(
    tx,
    sql`update timeline.outbound o set body = null, external_id = null, reason = null, changed_at = ${now},
        state = case when o.state = 'held' then 'cancelled' else o.state end
      from ${tableOf(spans)}
      where ${theirs} and (o.body is not null or o.external_id is not null or o.reason is not null)`,
  )
}

/** What stands about the matters: drafts, notes of wrap-ups, and where a call was promised. */
async function eraseAround(tx: Executor, spans: readonly LaneSpan[]): Promise<Counts> {
  const conversations = conversationsOf(spans)
  return {
    drafts: await countChanged(
      tx,
      sql`delete from timeline.draft where conversation_id in (${conversations})`,
    ),
    notes: await countChanged(
      tx,
      sql`update timeline.conversation
        set summary_note = null, call_back_at = null, call_back_zone = null, call_back_msisdn = null
        where (summary_note is not null or call_back_at is not null) and id in (${conversations})`,
    ),
  }
}

const conversationsOf = (spans: readonly LaneSpan[]) => sql`
  select g.conversation_id from timeline.segment g join ${tableOf(spans)} on g.lane_id = s.lane_id
    and g.from_seq <= s.last_seq and (g.to_seq is null or g.to_seq >= s.first_seq)`

/** The matters in which stretches are filed. */
export async function findConversationsOf(db: Executor, spans: readonly LaneSpan[]): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`select distinct conversation_id as id from (${conversationsOf(spans)}) c`,
  )
  return found.map(({ id }) => id)
}

async function leaveMarks(tx: Executor, context: InboundContext, spans: readonly LaneSpan[]): Promise<void> {
  const ended = await rows(
    tx,
    sql<{ laneId: string }>`update timeline.lane set erased_at = ${context.clock.now()}
      where id = any(${spans.filter((one) => one.to === null).map((one) => one.laneId)}::uuid[]) and erased_at is null
      returning id as "laneId"`,
  )
  for (const { laneId } of ended) {
    const { seq } = await appendEntry(tx, context.clock, {
      laneId,
      direction: 'internal',
      author: { kind: 'system', id: null },
      body: { type: 'mark', mark: 'erased', facts: {} },
    })
    announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq }] })
  }
  announce(tx, context.bus, { type: 'inbox' })
}
