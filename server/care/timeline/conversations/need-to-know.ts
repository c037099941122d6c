import type { Executor } from '../../../platform/database/index.ts'
import { maybeOne, one, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { LaneWindow } from '../../subscribers/index.ts'
import { conversationsIn } from './whose.ts'

const RECENT_MS = 72 * 3_600_000
const GLASS_MS = 3_600_000

/**
 * The rule: may an agent open conversation `c`, its person and its last words? Yes if it waits for anybody, is theirs, was theirs or
 * was resolved by them lately, if they answered in it lately, or broke the glass within the hour. What costs more is asked later.
 */
function mayKnow(agentId: RawSql, now: Date): RawSql {
  const recent = new Date(now.getTime() - RECENT_MS)
  const glass = new Date(now.getTime() - GLASS_MS)
  return sql`case
    when c.assignee_id is null and c.state <> 'resolved' then true
    when c.assignee_id = ${agentId} and c.state <> 'resolved' then true
    when ${agentId} in (c.assignee_id, c.resolved_by) and c.resolved_at > ${recent} then true
    when exists (select 1 from timeline.outbound o where o.lane_id = c.lane_id and o.conversation_id = c.id
      and o.author_id = ${agentId} and o.created_at > ${recent}) then true
    else exists (select 1 from audit.access a where a.conversation_id = c.id and a.actor_id = ${agentId}
      and a.act = 'break-glass' and a.at > ${glass})
  end`
}

type Reader = Staff | Service

/** Supervisors may open everything (it is recorded); other systems hold a scope. */
const mayKnowAll = (actor: Reader): boolean => actor.kind === 'service' || actor.roles.includes('supervisor')

/** Refuses with `not_found`, and with `need_to_know` whoever may not open this conversation (`mayKnow`). */
export async function requireNeedToKnow(
  db: Executor,
  actor: Reader,
  conversationId: string,
  now: Date,
): Promise<void> {
  const agentId = sql`${actor.id}::uuid`
  const { may } = found(
    await maybeOne(
      db,
      sql<{ may: boolean }>`select ${mayKnowAll(actor) ? sql`true` : mayKnow(agentId, now)} as may
        from timeline.conversation c where c.id = ${conversationId}`,
    ),
    'conversation',
  )
  if (!may) throw new Refusal('need_to_know', { conversationId })
}

/** Somebody who looks at a conversation. */
export interface Look {
  readonly actor: Reader
  readonly conversationId: string
}

/** Which of these looks are allowed, in their order: one query, however many. */
export async function knownAmong(db: Executor, looks: readonly Look[], now: Date): Promise<boolean[]> {
  const asked = looks.map(({ actor }) => !mayKnowAll(actor))
  if (!asked.includes(true)) return looks.map(() => true)
  const allowed = await rows(
    db,
    sql<{ place: number }>`select look.place::int
      from unnest(${looks.map(({ actor }) => actor.id)}::uuid[], ${looks.map((look) => look.conversationId)}::uuid[], ${asked}::bool[])
        with ordinality as look(agent_id, conversation_id, asked, place)
      join timeline.conversation c on c.id = look.conversation_id
      where look.asked and ${mayKnow(sql`look.agent_id`, now)}`,
  )
  const places = new Set(allowed.map(({ place }) => place))
  return asked.map((one, index) => !one || places.has(index + 1))
}

/** The same for a person met by their contact point: a conversation within their stretches must open it. Refuses with `need_to_know`. */
export async function requireNeedToKnowPerson(
  db: Executor,
  actor: Reader,
  windows: readonly LaneWindow[],
  now: Date,
): Promise<void> {
  if (mayKnowAll(actor)) return
  const { may } = await one(
    db,
    sql<{ may: boolean }>`select exists (select 1 from timeline.conversation c
      where c.id = any(array(${conversationsIn(windows)})) and ${mayKnow(sql`${actor.id}::uuid`, now)}) as may`,
  )
  if (!may) throw new Refusal('need_to_know')
}
