import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { InboundContext } from '../inbound/context.ts'
import { attachFiles, type Target } from './attach-files.ts'

interface Standing {
  readonly id: string
  readonly channelFile: string | null
}

/**
 * Gives a stored message, or one part of an album, the files that it has after an edit: what the edit brings stands beside the message, what
 * it brings no more is kept as replaced. The channel's names of the files tell one from the other; where one that stands has none, all stay
 * as they are, for most edits change nothing but words.
 * @returns whether anything changed
 */
export async function replaceFiles(
  tx: Executor,
  context: InboundContext,
  { files, ...target }: Target,
): Promise<boolean> {
  const standing = await readStanding(tx, target)
  if (standing.some(({ channelFile }) => channelFile === null)) return false
  const now = new Set(files.map(({ channelFile }) => channelFile))
  const before = new Set(standing.map(({ channelFile }) => channelFile ?? undefined))
  const gone = standing.filter(({ channelFile }) => !now.has(channelFile ?? undefined))
  const fresh = files.filter(({ channelFile }) => channelFile === undefined || !before.has(channelFile))
  if (gone.length + fresh.length === 0) return false
  await rows(
    tx,
    sql`update timeline.attachment set replaced_at = ${context.clock.now()} where id = any(${gone.map(({ id }) => id)}::uuid[])`,
  )
  await attachFiles(tx, context, { ...target, files: fresh })
  return true
}

/** Files from before their names were kept have no part: they may be of any. */
function readStanding(tx: Executor, { laneId, seq, part }: Omit<Target, 'files'>): Promise<Standing[]> {
  return rows(
    tx,
    sql<Standing>`select id, channel_file as "channelFile" from timeline.attachment
      where lane_id = ${laneId} and seq = ${seq} and replaced_at is null and (part = ${part} or part is null)`,
  )
}
