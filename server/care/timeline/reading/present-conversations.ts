import type { CallBack, ConversationSummary } from '../../../../contracts/conversations.ts'
import type { EntryBody } from '../../../../contracts/entries.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import { namesOfMembers } from '../../staff/index.ts'
import { readPersonsAt } from '../../subscribers/index.ts'
import type { ConversationRow } from '../conversations/conversation.ts'
import { knownAmong } from '../conversations/need-to-know.ts'

interface Preview {
  readonly conversationId: string
  readonly lastAt: Date | null
  readonly body: EntryBody | null
  readonly by: ConversationSummary['previewBy']
  /** It has no words, but files. */
  readonly hasFiles: boolean | null
}

/** How many characters of the last message an inbox row shows. */
const PREVIEW = 140

/**
 * Rows of the inbox as the desk shows them: four queries, however many rows. The last words of a conversation that the reader may
 * not open are left out.
 */
export async function presentConversations(
  db: Executor,
  conversations: readonly ConversationRow[],
  reader: Staff | Service,
  now: Date,
): Promise<ConversationSummary[]> {
  if (conversations.length === 0) return []
  const [persons, agents, previews, known] = await Promise.all([
    readPersonsAt(
      db,
      conversations.map(({ laneId, resolvedAt }) => ({ contactPointId: laneId, at: resolvedAt })),
    ),
    readAgents(db, conversations),
    readPreviews(db, conversations),
    knownAmong(
      db,
      conversations.map(({ id }) => ({ actor: reader, conversationId: id })),
      now,
    ),
  ])
  return conversations.map((row, index) => {
    const preview = previews.get(row.id)
    const words = known[index] ? preview : undefined
    const person = persons[index]
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      version: row.version,
      person: person ?? { subscriberId: null, name: '…', known: false },
      channel: row.channel,
      topicId: row.topicId,
      assignee: row.assigneeId ? { id: row.assigneeId, name: agents.get(row.assigneeId) ?? '' } : null,
      preview: wordsOf(words?.body ?? null),
      previewOf: words ? kindOf(words) : null,
      previewBy: words?.by ?? null,
      waitingSince: row.waitingSince?.toISOString() ?? null,
      sortAt: (row.waitingSince ?? preview?.lastAt ?? row.openedAt).toISOString(),
      openedAt: row.openedAt.toISOString(),
      lastActivityAt: (preview?.lastAt ?? row.openedAt).toISOString(),
      snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
      reopened: row.reopened,
      trouble: row.trouble,
      callBack: callBackOf(row, known[index] ?? false),
    }
  })
}

function callBackOf(
  { callBackAt, callBackZone, callBackMsisdn }: ConversationRow,
  known: boolean,
): CallBack | null {
  if (callBackAt === null || callBackZone === null) return null
  return { at: callBackAt.toISOString(), timeZone: callBackZone, msisdn: known ? callBackMsisdn : null }
}

/** What somebody sent without a word. */
function kindOf({ body, hasFiles }: Preview): ConversationSummary['previewOf'] {
  if (body?.type !== 'message' || wordsOf(body) !== '') return null
  if (body.contact) return 'contact'
  if (body.location) return 'location'
  return hasFiles ? 'files' : null
}

function wordsOf(body: EntryBody | null): string {
  if (body?.type !== 'message') return ''
  const words = (body.mail?.subject ? `${body.mail.subject} — ${body.text}` : body.text)
    .replace(/\s+/g, ' ')
    .trim()
  return [...words].slice(0, PREVIEW).join('')
}

async function readAgents(
  db: Executor,
  conversations: readonly ConversationRow[],
): Promise<Map<string, string>> {
  const ids = conversations.flatMap((row) => row.assigneeId ?? [])
  return ids.length === 0 ? new Map() : namesOfMembers(db, [...new Set(ids)])
}

/** The last message of each conversation's newest stretch that was not deleted, in its newest words; what a person wrote before what the system answered by itself. */
async function readPreviews(
  db: Executor,
  conversations: readonly ConversationRow[],
): Promise<Map<string, Preview>> {
  const found = await rows(
    db,
    sql<Preview>`
      select c.id as "conversationId", l.last_at as "lastAt", last.by,
        case when edit.text is null then last.body else jsonb_set(last.body, '{text}', to_jsonb(edit.text)) end as body,
        coalesce(edit.text, last.body->>'text') = '' and exists (
          select from timeline.attachment a where a.lane_id = c.lane_id and a.seq = last.seq and a.replaced_at is null) as "hasFiles"
      from unnest(${conversations.map((row) => row.id)}::uuid[], ${conversations.map((row) => row.laneId)}::uuid[]) as c(id, lane_id)
      join timeline.lane l on l.id = c.lane_id
      left join lateral (
        select coalesce(to_seq, l.last_seq) as seq from timeline.segment s
        where s.lane_id = c.lane_id and s.conversation_id = c.id order by from_seq desc limit 1
      ) stretch on true
      left join lateral (
        select b.body, e.seq, e.author_kind as by from timeline.entry e
        left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
        where e.lane_id = c.lane_id and e.seq <= stretch.seq and e.seq > stretch.seq - 30 and e.kind = 'message'
          and e.seq <> all(array(select d.supersedes from timeline.entry d where d.lane_id = c.lane_id and d.kind = 'deletion'
            and d.seq > stretch.seq - 30 and d.seq <= stretch.seq + 30 and d.supersedes is not null))
        order by e.author_kind = 'system', e.seq desc limit 1
      ) last on true
      left join lateral (
        select b.body->>'text' as text from timeline.entry d
        join timeline.entry_body b on b.lane_id = d.lane_id and b.seq = d.seq
        where d.lane_id = c.lane_id and d.seq > last.seq and d.seq <= stretch.seq + 30 and d.kind = 'edit' and d.supersedes = last.seq
        order by d.seq desc limit 1
      ) edit on true`,
  )
  return new Map(found.map((row) => [row.conversationId, row]))
}
