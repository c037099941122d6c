import type { Attachment } from '../../../../contracts/entries.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/** Of `timeline.attachment a`: an upload that goes with no message, or with one that was taken back. */
export const FREE = sql`a.lane_id is null and not exists (
  select from timeline.outbound o where o.id = a.outbound_id and o.state <> 'cancelled')`

interface Row extends Omit<Attachment, 'url' | 'reason' | 'width' | 'height' | 'contentId'> {
  readonly width: number | null
  readonly height: number | null
}

/** An agent's own uploads among `ids` that can still be sent, in the order of `ids`; those of others and those gone are left out. */
export async function readUploads(
  db: Executor,
  agentId: string,
  ids: readonly string[],
): Promise<Attachment[]> {
  const found = await rows(
    db,
    sql<Row>`select a.id, a.name, a.media_type as "mediaType", a.bytes, a.kind, a.state, a.width, a.height
      from unnest(${[...ids]}::uuid[]) with ordinality as asked(id, place) join timeline.attachment a on a.id = asked.id
      where a.uploader = ${`agent:${agentId}`} and ${FREE} order by asked.place`,
  )
  return found.map(({ width, height, ...file }) => ({
    ...file,
    ...(width && height ? { width, height } : {}),
    url: `/api/v1/attachments/${file.id}`,
  }))
}
