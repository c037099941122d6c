import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { kindOf } from '../../../platform/files/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { ChannelAccountRow, InboundFile } from '../channel-adapter.ts'
import type { InboundContext } from '../inbound/context.ts'
import { storable, storableJson } from '../inbound/storable.ts'

interface Place {
  readonly laneId: string
  readonly seq: number
  /** The channel's name of the message that they came with: an album has several. */
  readonly part: string | null
}

/** Files, and the message beside which they stand. */
export interface Target extends Place {
  readonly account: ChannelAccountRow
  readonly files: readonly InboundFile[]
}

/** More files in one message are not kept, and the message says so: up to a number by their names, then how many more. */
const MAX_FILES = 30
const MAX_NAMED = 100
/** Files larger than this are not fetched, in bytes. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * Puts files beside a stored message: bytes at hand go to the files port, those that the channel keeps are fetched after
 * the commit, uploads of the same person are taken over. The message stands whatever becomes of its files, and each that
 * is not kept stands in it as missing, with the reason.
 */
export async function attachFiles(tx: Executor, context: InboundContext, target: Target): Promise<void> {
  const { account, files, ...place } = target
  const missing: Missing[] = []
  for (const file of files.slice(0, MAX_FILES)) {
    if (file.uploadedId) {
      if (!(await takeUpload(tx, file.uploadedId, place))) missing.push(missingFor(file, 'not_found'))
    } else if (file.bytes) await storeFile(tx, context, place, file, file.bytes)
    else if ((file.size ?? 0) > MAX_FILE_BYTES) missing.push(missingFor(file, 'attachment_too_large'))
    else await askForFile(tx, context, account, place, file)
  }
  for (const file of files.slice(MAX_FILES, MAX_NAMED)) missing.push(missingFor(file, 'too_many_attachments'))
  if (files.length > MAX_NAMED)
    missing.push(missingFor({ name: `+${files.length - MAX_NAMED}` }, 'too_many_attachments'))
  await noteMissing(tx, context, place, missing)
}

/** Gives false when it is not there (any more), or not this person's. */
async function takeUpload(tx: Executor, id: string, { laneId, seq }: Place): Promise<boolean> {
  const taken = await maybeOne(
    tx,
    sql`update timeline.attachment set lane_id = ${laneId}, seq = ${seq}
      where id = ${id} and lane_id is null and uploader = ${`visitor:${laneId}`} returning id`,
  )
  return taken !== undefined
}

async function storeFile(
  tx: Executor,
  context: InboundContext,
  { laneId, seq, part }: Place,
  file: InboundFile,
  bytes: Buffer,
): Promise<void> {
  const stored = await context.files.put(tx, bytes)
  const contentId = file.contentId === undefined ? null : storable(file.contentId)
  await rows(
    tx,
    sql`insert into timeline.attachment
        (id, lane_id, seq, part, channel_file, uploader, file_id, name, media_type, bytes, kind, width, height, content_id, state, created_at)
      values (${newId(context.clock)}, ${laneId}, ${seq}, ${part}, ${file.channelFile ?? null}, 'channel', ${stored.id}, ${nameOf(file)}, ${stored.mediaType}, ${stored.bytes},
        ${kindOf(stored.mediaType)}, ${stored.width ?? null}, ${stored.height ?? null}, ${contentId}, 'ready', ${context.clock.now()})`,
  )
}

async function askForFile(
  tx: Executor,
  context: InboundContext,
  account: ChannelAccountRow,
  { laneId, seq, part }: Place,
  file: InboundFile,
): Promise<void> {
  const id = newId(context.clock)
  const declared = typeOf(file)
  await rows(
    tx,
    sql`insert into timeline.attachment (id, lane_id, seq, part, channel_file, uploader, remote, name, media_type, bytes, kind, state, created_at)
      values (${id}, ${laneId}, ${seq}, ${part}, ${file.channelFile ?? null}, 'channel', ${storableJson({ account: account.id, ...file.remote })}, ${nameOf(file)}, ${declared},
        ${file.size ?? 0}, ${kindOf(declared)}, 'pending', ${context.clock.now()})`,
  )
  await context.followUp.fetchAttachment(tx, id)
}

/** A file that came with the message and is not kept. */
interface Missing {
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly reason: string
  readonly channelFile: string | null
}

const missingFor = (file: InboundFile, reason: string): Missing => ({
  name: nameOf(file),
  mediaType: typeOf(file),
  bytes: file.size ?? file.bytes?.length ?? 0,
  reason,
  channelFile: file.channelFile ?? null,
})

async function noteMissing(
  tx: Executor,
  context: InboundContext,
  { laneId, seq, part }: Place,
  missing: readonly Missing[],
): Promise<void> {
  if (missing.length === 0) return
  await rows(
    tx,
    sql`insert into timeline.attachment (id, lane_id, seq, part, channel_file, uploader, name, media_type, bytes, kind, state, reason, created_at)
      select id, ${laneId}, ${seq}, ${part}, channel_file, 'channel', name, media_type, bytes, kind, 'failed', reason, ${context.clock.now()}
      from unnest(${missing.map(() => newId(context.clock))}::uuid[], ${missing.map((one) => one.name)}::text[],
        ${missing.map((one) => one.mediaType)}::text[], ${missing.map((one) => one.bytes)}::bigint[],
        ${missing.map((one) => kindOf(one.mediaType))}::text[], ${missing.map((one) => one.reason)}::text[],
        ${missing.map((one) => one.channelFile)}::text[]) as t(id, name, media_type, bytes, kind, reason, channel_file)`,
  )
}

const nameOf = ({ name }: InboundFile): string => storable(name) || 'file'
const typeOf = ({ declaredType }: InboundFile): string => storable(declaredType ?? UNKNOWN_TYPE)
