import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { kindOf } from '../../../platform/files/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { ChannelAccountRow, InboundFile } from '../channel-adapter.ts'
import type { InboundContext } from '../inbound/context.ts'

interface Target {
  readonly account: ChannelAccountRow
  readonly laneId: string
  readonly seq: number
  readonly files: readonly InboundFile[]
}

/** More files in one message are not kept, and the message says so. */
export const MAX_FILES = 30
/** Files larger than this are not fetched, in bytes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

/**
 * Puts files beside a stored message: bytes at hand go to the files port, those that the channel keeps are fetched after
 * the commit, uploads of the same person are taken over. The message stands whatever becomes of its files.
 */
export async function attachFiles(
  tx: Executor,
  context: InboundContext,
  { account, laneId, seq, files }: Target,
): Promise<void> {
  for (const file of files.slice(0, MAX_FILES)) {
    if (file.uploadedId) await takeUpload(tx, file.uploadedId, laneId, seq)
    else if (file.bytes) await storeFile(tx, context, laneId, seq, file, file.bytes)
    else await askForFile(tx, context, account, laneId, seq, file)
  }
}

async function takeUpload(tx: Executor, id: string, laneId: string, seq: number): Promise<void> {
  await rows(
    tx,
    sql`update timeline.attachment set lane_id = ${laneId}, seq = ${seq}
      where id = ${id} and lane_id is null and uploader = ${`visitor:${laneId}`}`,
  )
}

async function storeFile(
  tx: Executor,
  context: InboundContext,
  laneId: string,
  seq: number,
  file: InboundFile,
  bytes: Buffer,
): Promise<void> {
  const stored = await context.files.put(tx, bytes)
  await rows(
    tx,
    sql`insert into timeline.attachment
        (id, lane_id, seq, uploader, file_id, name, media_type, bytes, kind, width, height, content_id, state, created_at)
      values (${newId(context.clock)}, ${laneId}, ${seq}, 'channel', ${stored.id}, ${file.name}, ${stored.mediaType}, ${stored.bytes},
        ${kindOf(stored.mediaType)}, ${stored.width ?? null}, ${stored.height ?? null}, ${file.contentId ?? null}, 'ready', ${context.clock.now()})`,
  )
}

async function askForFile(
  tx: Executor,
  context: InboundContext,
  account: ChannelAccountRow,
  laneId: string,
  seq: number,
  file: InboundFile,
): Promise<void> {
  const id = newId(context.clock)
  const tooLarge = (file.size ?? 0) > MAX_FILE_BYTES
  const declared = file.declaredType ?? 'application/octet-stream'
  await rows(
    tx,
    sql`insert into timeline.attachment (id, lane_id, seq, uploader, remote, name, media_type, bytes, kind, state, reason, created_at)
      values (${id}, ${laneId}, ${seq}, 'channel', ${JSON.stringify({ account: account.id, ...file.remote })}, ${file.name}, ${declared},
        ${file.size ?? 0}, ${kindOf(declared)}, ${tooLarge ? 'failed' : 'pending'}, ${tooLarge ? 'attachment_too_large' : null},
        ${context.clock.now()})`,
  )
  if (!tooLarge) await context.followUp.fetchAttachment(tx, id)
}
