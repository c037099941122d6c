import { ChannelKind } from '../../../../contracts/channels.ts'
import type { InboxQuery } from '../../../../contracts/conversations.ts'
import { type Executor, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { CONVERSATION, type ConversationRow } from '../conversations/conversation.ts'

export interface InboxPage {
  readonly items: readonly ConversationRow[]
  readonly next: string | null
}

interface Cursor {
  readonly rank: number
  readonly id: string
}

const LAST = { rank: Number.MAX_SAFE_INTEGER, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }

function readCursor(after: string | undefined): Cursor {
  if (after === undefined) return LAST
  const [rank, id] = after.split('_')
  if (!rank || !id || !/^\d{1,16}$/.test(rank) || !/^[0-9a-f-]{36}$/.test(id))
    throw new Refusal('invalid_request', { in: 'after' })
  return { rank: Number(rank), id }
}

/**
 * A page of the inbox. Every filter pair of the screen runs along an index from the cursor on: where no channel is
 * chosen, the few channels are walked side by side (LATERAL) and merged, and only those that are shown are fetched from the table, so that a
 * million conversations cost what a thousand do.
 */
export async function listInbox(db: Executor, query: InboxQuery, agentId: string): Promise<InboxPage> {
  const cursor = readCursor(query.after)
  const channels = query.channel ? [query.channel] : ChannelKind.options
  const found = await rows(
    db,
    sql<ConversationRow>`
      select ${CONVERSATION} from (
        select page.id, page.rank from unnest(${channels}::text[]) as chosen(channel)
        cross join lateral (
          select c.id, c.rank from timeline.conversation c
          where ${viewFilter(query.view, agentId)} and c.state = ${query.state} and ${topicFilter(query.topicId)}
            and c.channel = chosen.channel and (c.rank, c.id) < (${cursor.rank}::bigint, ${cursor.id}::uuid)
          order by c.rank desc, c.id desc limit ${query.limit + 1}
        ) page
        order by page.rank desc, page.id desc limit ${query.limit + 1}
      ) shown join timeline.conversation c on c.id = shown.id
      order by shown.rank desc, shown.id desc`,
  )
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return { items, next: found.length > query.limit && last ? `${last.rank}_${last.id}` : null }
}

function viewFilter(view: InboxQuery['view'], agentId: string): RawSql {
  if (view === 'mine') return sql`c.assignee_id = ${agentId}`
  if (view === 'unassigned') return sql`c.assignee_id is null`
  return sql`true`
}

const topicFilter = (topicId: string | undefined): RawSql =>
  topicId ? sql`c.topic_id = ${topicId}` : sql`true`
