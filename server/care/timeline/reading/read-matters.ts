import { Id } from '../../../../contracts/primitives.ts'
import { type Executor, maybeOne, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { LaneWindow } from '../../subscribers/index.ts'
import { CONVERSATION, type ConversationRow } from '../conversations/conversation.ts'
import { conversationsIn } from '../conversations/whose.ts'

/** One stretch in one channel, without a word of what was said. */
export interface InteractionRow {
  readonly id: string
  readonly laneId: string
  /** A door of ours, or what another system calls its own. */
  readonly channel: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly openedBy: 'subscriber' | 'agent' | 'system'
  readonly closeReason: 'resolved' | 'silence' | null
  /** Matters that its stretches are filed under. */
  readonly conversationIds: string[]
}

export interface MattersAsk {
  readonly after?: string | undefined
  readonly limit: number
}
interface MattersPage<T> {
  readonly items: T[]
  readonly next: string | null
}

/** A person's conversations, newest first; those of others on the same lanes left out. Joined ones are told as what they were joined into. */
export async function listConversationsOf(
  db: Executor,
  windows: readonly LaneWindow[],
  { after, limit }: MattersAsk,
): Promise<MattersPage<ConversationRow>> {
  const page = await rows(
    db,
    sql<ConversationRow>`select ${CONVERSATION} from timeline.conversation c
      where c.id = any(array(${conversationsIn(windows)})) and c.joined_into is null and ${before(after, sql`c.opened_at`, sql`c.id`)}
      order by c.opened_at desc, c.id desc limit ${limit + 1}`,
  )
  return paged(page, limit)
}

/** Everybody's conversations, in the order of their ids: as they began. Joined ones are told as what they were joined into. */
export async function walkConversations(
  db: Executor,
  { after, limit }: MattersAsk,
): Promise<MattersPage<ConversationRow>> {
  const page = await rows(
    db,
    sql<ConversationRow>`select ${CONVERSATION} from timeline.conversation c
      where c.joined_into is null and ${afterId(after, sql`c.id`)} order by c.id limit ${limit + 1}`,
  )
  return walked(page, limit)
}

const INTERACTION = sql`i.id, i.lane_id as "laneId", i.channel, i.opened_at as "openedAt", i.closed_at as "closedAt",
  i.opened_by as "openedBy", i.close_reason as "closeReason",
  array(select distinct s.conversation_id from timeline.segment s
    where s.lane_id = i.lane_id and s.interaction_id = i.id and s.from_seq >= i.first_seq) as "conversationIds"`

/** A person's interactions on every channel, newest first: those that began while the lane was theirs. */
export async function listInteractionsOf(
  db: Executor,
  windows: readonly LaneWindow[],
  { after, limit }: MattersAsk,
): Promise<MattersPage<InteractionRow>> {
  const page = await rows(
    db,
    sql<InteractionRow>`select ${INTERACTION}
      from unnest(${windows.map((one) => one.laneId)}::uuid[], ${windows.map((one) => one.from)}::timestamptz[],
        ${windows.map((one) => one.to)}::timestamptz[]) as w(lane_id, since, until)
      join timeline.interaction i on i.lane_id = w.lane_id
        and (w.since is null or i.opened_at >= w.since) and (w.until is null or i.opened_at < w.until)
      where ${before(after, sql`i.opened_at`, sql`i.id`)}
      order by i.opened_at desc, i.id desc limit ${limit + 1}`,
  )
  return paged(page, limit)
}

/** Everybody's interactions on every channel, in the order of their ids: as they began. */
export async function walkInteractions(
  db: Executor,
  { after, limit }: MattersAsk,
): Promise<MattersPage<InteractionRow>> {
  const page = await rows(
    db,
    sql<InteractionRow>`select ${INTERACTION} from timeline.interaction i
      where ${afterId(after, sql`i.id`)} order by i.id limit ${limit + 1}`,
  )
  return walked(page, limit)
}

/** One interaction; undefined = unknown. */
export function findInteraction(db: Executor, id: string): Promise<InteractionRow | undefined> {
  return maybeOne(
    db,
    sql<InteractionRow>`select ${INTERACTION} from timeline.interaction i where i.id = ${id}`,
  )
}

function paged<T extends { readonly id: string; readonly openedAt: Date }>(
  page: T[],
  limit: number,
): MattersPage<T> {
  const items = page.slice(0, limit)
  const last = items.at(-1)
  return { items, next: page.length > limit && last ? `${last.openedAt.toISOString()}_${last.id}` : null }
}

function walked<T extends { readonly id: string }>(page: T[], limit: number): MattersPage<T> {
  const items = page.slice(0, limit)
  return { items, next: page.length > limit ? (items.at(-1)?.id ?? null) : null }
}

function afterId(after: string | undefined, id: RawSql): RawSql {
  if (after === undefined) return sql`true`
  if (!Id.safeParse(after).success) throw new Refusal('invalid_request', { in: 'after' })
  return sql`${id} > ${after}::uuid`
}

// Our clock counts milliseconds, so a date of the cursor loses nothing.
function before(after: string | undefined, at: RawSql, id: RawSql): RawSql {
  if (after === undefined) return sql`true`
  const [instant, lastId] = after.split('_')
  if (!instant || !lastId || Number.isNaN(Date.parse(instant)) || !/^[0-9a-f-]{36}$/.test(lastId))
    throw new Refusal('invalid_request', { in: 'after' })
  return sql`(${at}, ${id}) < (${new Date(instant)}::timestamptz, ${lastId}::uuid)`
}
