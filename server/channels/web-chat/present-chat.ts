import type { ChatMessage } from '../../../contracts/chat.ts'
import type { Entry } from '../../../contracts/entries.ts'
import {
  type EntryRow,
  presentEntries,
  readEntriesBySeq,
  readLaneForwards,
} from '../../care/timeline/index.ts'
import type { Executor } from '../../platform/database/index.ts'

export const FILE_PATH = '/api/v1/chat/attachments/'

const FROM = { subscriber: 'visitor', agent: 'agent', assistant: 'assistant', system: 'system' } as const

/**
 * A lane's entries as its own visitor may see them: messages with their edits applied, nothing internal. An edit or a
 * deletion shows its message again under the old seq.
 */
export async function presentForVisitor(
  db: Executor,
  laneId: string,
  rows: readonly EntryRow[],
): Promise<ChatMessage[]> {
  const changed = rows.flatMap((row) => (row.supersedes === null ? [] : [row.supersedes]))
  const originals = changed.length > 0 ? await readEntriesBySeq(db, laneId, changed) : []
  const all = [...originals, ...rows]
  const ids = new Map(all.map((row) => [row.seq, row.direction === 'in' ? row.externalId : null]))
  const messages = new Map<number, ChatMessage>()
  for (const entry of await presentEntries(db, all, FILE_PATH)) {
    const message = messageOf(entry, ids, messages)
    if (message) messages.set(message.seq, message)
  }
  return [...messages.values()].sort((one, other) => one.seq - other.seq)
}

type Ids = ReadonlyMap<number, string | null>

function messageOf(
  entry: Entry,
  ids: Ids,
  messages: ReadonlyMap<number, ChatMessage>,
): ChatMessage | undefined {
  if (entry.kind === 'message') return firstOf(entry, ids)
  const original = entry.supersedes === null ? undefined : messages.get(entry.supersedes)
  if (!original) return undefined
  if (entry.body?.type === 'edit') return { ...original, text: entry.body.text, edited: true }
  if (entry.body?.type === 'deletion') return { ...original, text: null, attachments: [], buttons: [] }
  return undefined
}

function firstOf(entry: Entry, ids: Ids): ChatMessage {
  const body = entry.body?.type === 'message' ? entry.body : undefined
  return {
    seq: entry.seq,
    id: ids.get(entry.seq) ?? null,
    from: FROM[entry.author.kind],
    name: entry.author.kind === 'agent' ? firstNameOf(entry.author.name) : null,
    text: body?.text ?? null,
    edited: false,
    attachments: entry.attachments,
    buttons: body?.buttons ?? [],
    at: entry.storedAt,
  }
}

// Agents are known to the public by their first name only.
const firstNameOf = (name: string | null): string | null => name?.split(' ')[0] ?? null

/** The visitor's lane after a seq: at most `limit` entries, and whether there are more. */
export async function readForVisitor(db: Executor, laneId: string, after: number, limit: number) {
  const rows = await readLaneForwards(db, laneId, after, limit)
  const messages = await presentForVisitor(db, laneId, rows)
  return { messages, lastSeq: rows.at(-1)?.seq ?? after, more: rows.length === limit }
}
