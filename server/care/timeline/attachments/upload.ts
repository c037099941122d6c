import type { Attachment } from '../../../../contracts/entries.ts'
import { type Db, inTransaction, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { kindOf, type Staged } from '../../../platform/files/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found } from '../../../platform/refusal.ts'
import type { InboundContext } from '../inbound/context.ts'
import { FREE } from './uploads.ts'

export interface Upload {
  readonly name: string
  /** Durable, not yet anybody's. */
  readonly file: Staged
  /** Who may send it: `agent:<id>` or `visitor:<lane>`. */
  readonly uploader: string
  /** Where it can be read, up to the id. */
  readonly path: string
}

/** Keeps an uploaded file until it is sent; unused ones go after a day. */
export async function keepUpload(context: InboundContext, upload: Upload): Promise<Attachment> {
  const id = newId(context.clock)
  return inTransaction(context.db, async (tx) => {
    const stored = await context.files.keep(tx, upload.file)
    const kind = kindOf(stored.mediaType)
    await rows(
      tx,
      sql`insert into timeline.attachment (id, uploader, file_id, name, media_type, bytes, kind, width, height, state, created_at)
        values (${id}, ${upload.uploader}, ${stored.id}, ${upload.name}, ${stored.mediaType}, ${stored.bytes}, ${kind},
          ${stored.width ?? null}, ${stored.height ?? null}, 'ready', ${context.clock.now()})`,
    )
    const size = stored.width && stored.height ? { width: stored.width, height: stored.height } : {}
    return {
      id,
      name: upload.name,
      mediaType: stored.mediaType,
      bytes: stored.bytes,
      kind,
      state: 'ready',
      url: `${upload.path}${id}`,
      ...size,
    }
  })
}

export interface AttachmentFile {
  readonly laneId: string | null
  /** When the message that brought it was stored; null = not sent yet. */
  readonly storedAt: Date | null
  readonly uploader: string
  readonly fileId: string | null
  readonly name: string
  readonly state: Attachment['state']
}

/** Where an attachment's bytes are and whose lane it stands on. Refuses with `not_found`. */
export async function findAttachment(db: Db, id: string): Promise<AttachmentFile> {
  return found(
    await maybeOne(
      db,
      sql<AttachmentFile>`
        select a.lane_id as "laneId", e.stored_at as "storedAt", a.uploader, a.file_id as "fileId", a.name, a.state
        from timeline.attachment a left join timeline.entry e on e.lane_id = a.lane_id and e.seq = a.seq where a.id = ${id}`,
    ),
    'attachment',
  )
}

/** Lets go of uploads that nobody sent within a day; those of a message that is about to leave go with it. Gives how many. */
export async function dropUnusedUploads(context: InboundContext): Promise<number> {
  const before = new Date(context.clock.now().getTime() - 86_400_000)
  return inTransaction(context.db, async (tx) => {
    const gone = await rows(
      tx,
      sql<{ fileId: string | null }>`delete from timeline.attachment where id = any(array(
          select a.id from timeline.attachment a where ${FREE} and a.created_at < ${before} limit 500 for update skip locked))
        returning file_id as "fileId"`,
    )
    for (const { fileId } of gone) if (fileId) await context.files.release(tx, fileId)
    return gone.length
  })
}
