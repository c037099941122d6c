import { countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'

export interface VisitedFlow {
  /** At which turn of its conversation it began. */
  readonly turn: number
  readonly flow: string
  readonly version: number
  readonly intent: string | null
  readonly node: string
  readonly done: boolean
}

export interface NotedVisit {
  readonly id: string
  readonly conversationId: string
  readonly laneId: string
  readonly channel: string
  readonly definition: number
  readonly at: Date
  readonly state: 'talking' | 'people' | 'over'
  readonly why: string | null
  readonly flows: readonly VisitedFlow[]
}

/** Keeps a visit as far as it has come, in one statement. Whoever does holds its lane's lock. */
export async function keepVisit(tx: Executor, visit: NotedVisit): Promise<void> {
  const { id, conversationId, laneId, channel, definition, at, state, why, flows } = visit
  const intent = flows.findLast((one) => one.intent !== null)?.intent ?? null
  await rows(
    tx,
    sql`with visit as (
        insert into assistant.visit (id, conversation_id, lane_id, from_seq, channel, definition, began_at, last_at, state, why, done, topic_key)
        values (${id}, ${conversationId}, ${laneId}, (select last_seq from timeline.lane where id = ${laneId}), ${channel}, ${definition},
          ${at}, ${at}, ${state}, ${why}, ${flows.some(({ done }) => done)}, (select topic_key from understanding.intent where key = ${intent}))
        on conflict (id) do update set last_at = excluded.last_at, state = excluded.state, why = excluded.why,
          done = assistant.visit.done or excluded.done, topic_key = coalesce(excluded.topic_key, assistant.visit.topic_key)
        returning id
      )
      insert into assistant.visit_flow (visit_id, turn, flow_key, flow_version, intent, node, done)
      select visit.id, f.turn, f.flow, f.version, f.intent, f.node, f.done from visit,
        unnest(${flows.map((one) => one.turn)}::int[], ${flows.map((one) => one.flow)}::text[], ${flows.map((one) => one.version)}::int[],
          ${flows.map((one) => one.intent)}::text[], ${flows.map((one) => one.node)}::text[], ${flows.map((one) => one.done)}::boolean[])
          as f (turn, flow, version, intent, node, done)
      on conflict (visit_id, turn) do update set node = excluded.node, done = excluded.done`,
  )
}

/** Why somebody of the staff goes on without the dialog having led there. */
export type WhyLeft = 'taken' | 'failed'

/** Somebody of the staff goes on. */
export async function leaveVisit(tx: Executor, id: string, why: WhyLeft, at: Date): Promise<void> {
  await rows(
    tx,
    sql`update assistant.visit set state = 'people', why = ${why}, agent_at = ${why === 'taken' ? at : null}, last_at = ${at}
      where id = ${id} and state <> 'people'`,
  )
}

/** A visit that is old enough to be judged by what followed. */
export interface DueVisit {
  readonly id: string
  readonly topicKey: string | null
  /** Of its conversation. */
  readonly topicId: string | null
  readonly agentAt: Date | null
  readonly contacts: readonly {
    readonly at: string
    readonly topicId: string | null
    readonly topicKey: string | null
  }[]
}

interface Window {
  readonly judged: number
  readonly before: Date
  readonly days: number
  readonly limit: number
}

const MOST_CONTACTS = 50

/**
 * Visits that have been over for so long, with what the same person did in the days after on any channel, oldest first, and whether
 * somebody of the staff wrote in the conversation meanwhile.
 */
export function dueVisits(db: Executor, { judged, before, days, limit }: Window): Promise<DueVisit[]> {
  return rows(
    db,
    sql<DueVisit>`
      select v.id, v.topic_key as "topicKey", c.topic_id as "topicId", coalesce(v.agent_at, (
          select min(e.stored_at) from timeline.entry e
          where e.lane_id = v.lane_id and e.seq > v.from_seq and e.kind = 'message' and e.author_kind = 'agent'
            and e.stored_at <= v.last_at + make_interval(days => ${days})
            and exists (select 1 from timeline.segment s where s.conversation_id = v.conversation_id and s.lane_id = e.lane_id
              and s.from_seq <= e.seq and (s.to_seq is null or s.to_seq >= e.seq)))) as "agentAt",
        coalesce((select json_agg(json_build_object('at', k.at, 'topicId', k.topic_id, 'topicKey', k.topic_key)) from (
          select after.at, after.topic_id, after.topic_key from (
            select v.lane_id as id
            union select other.contact_point_id from subscribers.contact_link own
            join subscribers.contact_link other on other.subscriber_id = own.subscriber_id and not other.voided
            where own.contact_point_id = v.lane_id and not own.voided and own.valid_from <= v.last_at + make_interval(days => ${days})
              and (own.valid_to is null or own.valid_to > v.last_at)
              and (other.valid_to is null or other.valid_to > v.last_at)
          ) lane cross join lateral (
            select i.opened_at as at, m.topic_id, null as topic_key from timeline.interaction i
            left join lateral (select o.topic_id from timeline.segment s join timeline.conversation o on o.id = s.conversation_id
              where s.lane_id = i.lane_id and s.from_seq >= i.first_seq order by s.from_seq limit 1) m on true
            where i.lane_id = lane.id and i.opened_by = 'subscriber' and i.opened_at > v.last_at
              and i.opened_at <= v.last_at + make_interval(days => ${days})
            union all
            select n.began_at, o.topic_id, n.topic_key from assistant.visit n join timeline.conversation o on o.id = n.conversation_id
            where n.lane_id = lane.id and n.began_at > v.last_at and n.began_at <= v.last_at + make_interval(days => ${days})
          ) after order by after.at limit ${MOST_CONTACTS}) k), '[]') as contacts
      from (select * from assistant.visit where judged_days = ${judged} and last_at <= ${before}
        order by last_at limit ${limit}) v
      join timeline.conversation c on c.id = v.conversation_id`,
  )
}

export interface JudgedVisit {
  readonly id: string
  readonly agentAt: Date | null
  readonly recontactAt: Date | null
}

/** Keeps how visits look after so many days. */
export async function keepJudgements(
  db: Executor,
  days: number,
  judged: readonly JudgedVisit[],
): Promise<void> {
  await rows(
    db,
    sql`update assistant.visit v set judged_days = ${days}, agent_at = j.agent_at, recontact_at = j.recontact_at
      from unnest(${judged.map(({ id }) => id)}::uuid[], ${judged.map(({ agentAt }) => agentAt)}::timestamptz[],
        ${judged.map(({ recontactAt }) => recontactAt)}::timestamptz[]) as j (id, agent_at, recontact_at)
      where v.id = j.id`,
  )
}

/** Deletes visits that began before an instant with the flows that they went through, the oldest first. Gives how many. */
export function deleteVisits(db: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from assistant.visit where id = any(array(
      select id from assistant.visit where began_at < ${before} order by began_at limit ${limit}))`,
  )
}
