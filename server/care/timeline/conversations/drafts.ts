import type { z } from 'zod'
import type { Draft as DraftSchema } from '../../../../contracts/conversations.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { readUploads } from '../attachments/uploads.ts'

type Draft = z.infer<typeof DraftSchema>

/** What an agent wrote, as the desk sends it. */
type Writing = Omit<Draft, 'updatedAt' | 'attachments'>

interface Row extends Writing {
  readonly updatedAt: Date
}

const DRAFT = sql`text, lane_id as "laneId", attachment_ids as "attachmentIds", note, version, updated_at as "updatedAt"`

async function present(db: Executor, agentId: string, row: Row): Promise<Draft> {
  const attachments = row.attachmentIds.length ? await readUploads(db, agentId, row.attachmentIds) : []
  return { ...row, attachments, updatedAt: row.updatedAt.toISOString() }
}

/** An agent's unsent answer; null when there is none. */
export async function readDraft(
  db: Executor,
  agentId: string,
  conversationId: string,
): Promise<Draft | null> {
  const row = await maybeOne(
    db,
    sql<Row>`select ${DRAFT} from timeline.draft where agent_id = ${agentId} and conversation_id = ${conversationId}`,
  )
  return row ? present(db, agentId, row) : null
}

/**
 * Keeps an unsent answer. Refuses with `conflict` when another device has saved a newer one meanwhile; `current` holds it.
 */
export async function saveDraft(
  db: Executor,
  agentId: string,
  conversationId: string,
  draft: Writing,
  now: Date,
): Promise<Draft> {
  const saved = await maybeOne(
    db,
    sql<Row>`
      insert into timeline.draft as d (agent_id, conversation_id, text, lane_id, attachment_ids, note, version, updated_at)
      values (${agentId}, ${conversationId}, ${draft.text}, ${draft.laneId}, ${draft.attachmentIds}::uuid[], ${draft.note}, ${draft.version + 1}, ${now})
      on conflict (agent_id, conversation_id) do update set text = excluded.text, lane_id = excluded.lane_id,
        attachment_ids = excluded.attachment_ids, note = excluded.note, version = d.version + 1, updated_at = excluded.updated_at
      where d.version <= ${draft.version}
      returning ${DRAFT}`,
  )
  if (saved) return present(db, agentId, saved)
  throw new Refusal('conflict', { current: found(await readDraft(db, agentId, conversationId), 'draft') })
}

/** The answer was sent: nothing is left of its draft. */
export async function dropDraft(db: Executor, agentId: string, conversationId: string): Promise<void> {
  await rows(
    db,
    sql`delete from timeline.draft where agent_id = ${agentId} and conversation_id = ${conversationId}`,
  )
}
