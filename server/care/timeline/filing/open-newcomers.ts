import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { Filed, FilingContext } from './file-lane.ts'
import { WAITING } from './rules.ts'

/**
 * Files the lanes of people who write for the first time: nobody's contact points, nothing before, nothing to decide.
 * A crowd of newcomers (a mailing, an outage) costs a few statements, however many they are, and their lanes are locked
 * for that moment only. Lanes that need a decision are left to `fileLane`.
 * @param lanes locked by the caller
 * @returns what was filed, by lane
 */
export async function openNewcomers(
  tx: Executor,
  context: FilingContext,
  lanes: readonly Lane[],
): Promise<Map<string, Filed>> {
  const newcomers = lanes.filter(
    (lane) => lane.conversationId === null && lane.interactionId === null && lane.filedSeq === 0,
  )
  if (newcomers.length === 0) return new Map()
  const ids = newcomers.map(() => ({
    conversation: newId(context.clock),
    interaction: newId(context.clock),
    segment: newId(context.clock),
  }))
  const opened = await rows(
    tx,
    sql<{ laneId: string; conversationId: string; begun: boolean }>`
      with newcomer as (
        select * from unnest(
          ${newcomers.map((lane) => lane.id)}::uuid[], ${newcomers.map((lane) => lane.channel)}::text[],
          ${ids.map((id) => id.conversation)}::uuid[], ${ids.map((id) => id.interaction)}::uuid[], ${ids.map((id) => id.segment)}::uuid[]
        ) as t(lane_id, channel, conversation_id, interaction_id, segment_id)
        where not exists (select 1 from subscribers.contact_link l
          where l.contact_point_id = t.lane_id and l.valid_to is null and not l.voided)
      ), fresh as (
        select n.*, f.first_seq, f.stored_at, f.asked_at, p.muted_as from newcomer n
        join subscribers.contact_point p on p.id = n.lane_id
        cross join lateral (
          select min(e.seq) as first_seq, max(e.stored_at) as stored_at,
            min(e.stored_at) filter (where e.kind = 'message' and b.body->'mail'->>'machine' is null) as asked_at
          from timeline.entry e left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
          where e.lane_id = n.lane_id and e.direction = 'in'
        ) f
        where f.first_seq is not null
      ), conversations as (
        insert into timeline.conversation
          (id, contact_point_id, lane_id, channel, state, muted_as, waiting_since, rank, opened_at, rules_version)
        select conversation_id, lane_id, lane_id, channel, case when muted_as is null then 'open' else 'muted' end, muted_as, asked_at,
          case when asked_at is null then (extract(epoch from stored_at) * 1000)::bigint
            else ${WAITING}::bigint - (extract(epoch from asked_at) * 1000)::bigint end,
          stored_at, ${context.rules.version}
        from fresh
      ), interactions as (
        insert into timeline.interaction (id, lane_id, channel, first_seq, opened_at, opened_by, rules_version)
        select interaction_id, lane_id, channel, first_seq, stored_at, 'subscriber', ${context.rules.version} from fresh
        returning id
      ), segments as (
        insert into timeline.segment (id, interaction_id, conversation_id, lane_id, from_seq)
        select segment_id, interaction_id, conversation_id, lane_id, first_seq from fresh
      )
      update timeline.lane l set interaction_id = f.interaction_id, conversation_id = f.conversation_id, filed_seq = l.last_seq
      from fresh f where l.id = f.lane_id
      returning l.id as "laneId", l.conversation_id as "conversationId", f.asked_at is not null as begun`,
  )
  await context.outside.tell(
    tx,
    opened.map(({ laneId, conversationId }) => ({
      event: 'conversation.opened' as const,
      laneId,
      conversationId,
    })),
  )
  return new Map(
    opened.map(({ laneId, conversationId, begun }) => [laneId, { conversationId, version: 1, begun }]),
  )
}
