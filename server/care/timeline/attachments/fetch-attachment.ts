import { inTransaction, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { kindOf } from '../../../platform/files/index.ts'
import { Unavailable } from '../../../platform/outgoing/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { MAX_FILE_BYTES } from './attach-files.ts'

interface Pending {
  readonly id: string
  readonly laneId: string
  readonly seq: number
  readonly name: string
  readonly remote: Readonly<Record<string, unknown>>
}

/**
 * Brings a file from its channel. Throws to be tried again; after the last try, or at once where another would change nothing,
 * the attachment shows that it failed. The type is judged from the bytes, whatever the channel declared.
 */
export async function fetchAttachment(
  context: OutboundContext,
  attachmentId: string,
  lastTry: boolean,
): Promise<void> {
  const pending = await findPending(context, attachmentId)
  if (!pending) return
  try {
    await bring(context, pending)
  } catch (error) {
    const final = finalReason(error)
    if (!final && !lastTry) throw error
    context.log.warn({ err: error, attachmentId }, 'attachment not fetched')
    await rows(
      context.db,
      sql`update timeline.attachment set state = 'failed', reason = ${final ?? 'unavailable'}
        where id = ${attachmentId} and state = 'pending'`,
    )
  }
  context.bus.publish({
    type: 'entries',
    lanes: [{ laneId: pending.laneId, seq: pending.seq, changed: true }],
  })
}

/** Why no further try would bring it: a refusal is for good, unless the other side was only away. */
function finalReason(error: unknown): string | undefined {
  if (!(error instanceof Refusal) || error instanceof Unavailable) return undefined
  return error.code === 'payload_too_large' ? 'attachment_too_large' : error.code
}

function findPending(context: OutboundContext, id: string): Promise<Pending | undefined> {
  return maybeOne(
    context.db,
    sql<Pending>`select id, lane_id as "laneId", seq, name, remote from timeline.attachment where id = ${id} and state = 'pending'`,
  )
}

async function bring(context: OutboundContext, pending: Pending): Promise<void> {
  const { account, adapter } = found(
    await context.doors.find(String(pending.remote.account)),
    'channel account',
  )
  if (!adapter.fetchFile) throw new Error(`${adapter.kind} keeps no files`)
  const { bytes } = await adapter.fetchFile(account, pending.remote, MAX_FILE_BYTES)
  await inTransaction(context.db, async (tx) => {
    const stored = await context.files.put(tx, bytes)
    const awaited = await maybeOne(
      tx,
      sql`update timeline.attachment set state = 'ready', file_id = ${stored.id}, media_type = ${stored.mediaType}, bytes = ${stored.bytes},
          kind = ${kindOf(stored.mediaType)}, width = ${stored.width ?? null}, height = ${stored.height ?? null}, remote = null
        where id = ${pending.id} and state = 'pending' returning id`,
    )
    // Erased, or brought by a rival meanwhile.
    if (!awaited) await context.files.release(tx, stored.id)
  })
}
