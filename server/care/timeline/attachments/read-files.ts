import { rows, sql } from '../../../platform/database/index.ts'
import type { OutgoingFile } from '../channel-adapter.ts'
import type { InboundContext } from '../inbound/context.ts'

interface Row {
  readonly id: string
  readonly fileId: string
  readonly name: string
  readonly mediaType: string
  readonly kind: OutgoingFile['kind']
}

/** The files of a message on its way out, in the order in which they were added. */
export async function readFiles(
  context: InboundContext,
  laneId: string,
  seq: number,
): Promise<OutgoingFile[]> {
  const found = await rows(
    context.db,
    sql<Row>`select id, file_id as "fileId", name, media_type as "mediaType", kind from timeline.attachment
      where lane_id = ${laneId} and seq = ${seq} and state = 'ready' order by created_at, id`,
  )
  return found.map(({ fileId, ...file }) => ({
    ...file,
    read: async () => (await context.files.read(context.db, fileId)).all(),
  }))
}
