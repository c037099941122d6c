import type { Executor } from '../../../platform/database/index.ts'
import { maybeOne, sql } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'

const RECENT_MS = 72 * 3_600_000
const GLASS_MS = 3_600_000

/**
 * May this agent open this conversation's person? Yes if it waits for anybody, is or recently was theirs, if they took
 * part in it lately, or broke the glass within the hour. Supervisors may (it is recorded); other systems hold a scope.
 * Refuses with `not_found` or `need_to_know`.
 */
export async function requireNeedToKnow(
  db: Executor,
  actor: Staff | Service,
  conversationId: string,
  now: Date,
): Promise<void> {
  const standing = found(await readStanding(db, actor.id, conversationId, now), 'conversation')
  if (actor.kind === 'service' || actor.roles.includes('supervisor')) return
  const { unassigned, own, tookPart, glass } = standing
  if (!unassigned && !own && !tookPart && !glass) throw new Refusal('need_to_know', { conversationId })
}

interface Standing {
  readonly unassigned: boolean
  readonly own: boolean
  readonly tookPart: boolean
  readonly glass: boolean
}

function readStanding(
  db: Executor,
  agentId: string,
  conversationId: string,
  now: Date,
): Promise<Standing | undefined> {
  const recent = new Date(now.getTime() - RECENT_MS)
  const glass = new Date(now.getTime() - GLASS_MS)
  return maybeOne(
    db,
    sql<Standing>`
      select c.assignee_id is null and c.state <> 'resolved' as unassigned,
        coalesce(c.assignee_id = ${agentId} and (c.state <> 'resolved' or c.resolved_at > ${recent}), false) as own,
        exists (select 1 from timeline.outbound o where o.lane_id = c.lane_id and o.conversation_id = c.id
          and o.author_id = ${agentId} and o.created_at > ${recent}) as "tookPart",
        exists (select 1 from audit.access a where a.conversation_id = c.id and a.actor_id = ${agentId}
          and a.act = 'break-glass' and a.at > ${glass}) as glass
      from timeline.conversation c where c.id = ${conversationId}`,
  )
}

/** The same for a person met by their contact point: one of their conversations must open it. */
export async function requireNeedToKnowPerson(
  db: Executor,
  actor: Staff | Service,
  laneIds: readonly string[],
  now: Date,
): Promise<void> {
  if (actor.kind === 'service' || actor.roles.includes('supervisor')) return
  const recent = new Date(now.getTime() - RECENT_MS)
  const glass = new Date(now.getTime() - GLASS_MS)
  const reason = await maybeOne(
    db,
    sql<{ yes: true }>`
      select true as yes from timeline.conversation c where c.id = any(array(
          select distinct conversation_id from timeline.segment where lane_id = any(${[...laneIds]}::uuid[])))
        and ((c.assignee_id is null and c.state <> 'resolved')
          or (c.assignee_id = ${actor.id} and (c.state <> 'resolved' or c.resolved_at > ${recent}))
          or exists (select 1 from audit.access a where a.conversation_id = c.id and a.actor_id = ${actor.id}
            and a.act = 'break-glass' and a.at > ${glass}))
      limit 1`,
  )
  if (!reason) throw new Refusal('need_to_know')
}
