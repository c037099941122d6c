import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { InboundContext } from '../inbound/context.ts'
import { type LaneSpan, tableOf } from './spans.ts'

interface Gone {
  readonly fileId: string | null
}

const ERASED = sql`
  state = 'erased', reason = null, file_id = null, remote = null, part = null, channel_file = null, name = '', content_id = null, width = null, height = null`

/** Lets go of the files of stretches, and of what the person uploaded and never sent. Gives how many. */
export async function eraseFiles(
  tx: Executor,
  { files }: Pick<InboundContext, 'files'>,
  spans: readonly LaneSpan[],
): Promise<number> {
  const sent = await rows(
    tx,
    // The old row is read beside the new one: it knows the file.
    sql<Gone>`update timeline.attachment a set ${ERASED}
      from (select old.id, old.file_id from timeline.attachment old join ${tableOf(spans)}
        on old.lane_id = s.lane_id and old.seq between s.first_seq and s.last_seq where old.state <> 'erased' for update of old) old
      where a.id = old.id returning old.file_id as "fileId"`,
  )
  const uploaders = spans.filter((one) => one.to === null).map((one) => `visitor:${one.laneId}`)
  const unsent = await rows(
    tx,
    sql<Gone>`delete from timeline.attachment where lane_id is null and uploader = any(${uploaders}::text[])
      returning file_id as "fileId"`,
  )
  return release(tx, files, [...sent, ...unsent])
}

/** The same for the oldest attachments from before an instant, at most `limit`. */
export async function eraseOldFiles(
  tx: Executor,
  { files }: Pick<InboundContext, 'files'>,
  before: Date,
  limit: number,
): Promise<number> {
  const gone = await rows(
    tx,
    sql<Gone>`update timeline.attachment a set ${ERASED}
      from (select id, file_id from timeline.attachment
        where lane_id is not null and state <> 'erased' and created_at < ${before} order by created_at limit ${limit}
        for update skip locked) old
      where a.id = old.id returning old.file_id as "fileId"`,
  )
  return release(tx, files, gone)
}

/** One owner less each; in the order of ids, so that rivals wait and never deadlock. */
async function release(tx: Executor, files: InboundContext['files'], gone: readonly Gone[]): Promise<number> {
  const ids = gone.flatMap(({ fileId }) => (fileId === null ? [] : [fileId])).sort()
  for (const id of ids) await files.release(tx, id)
  return gone.length
}
