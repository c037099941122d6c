import type { TimelinePage } from '../../../../contracts/conversations.ts'
import { type Executor, type RawSql, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { LaneWindow } from '../../subscribers/index.ts'
import { mergeNewestFirst } from './merge-lanes.ts'
import { type EntryRow, presentEntries } from './present-entries.ts'
import { readLanesBackwards } from './read-entries.ts'

/**
 * A page of a person's timeline: the merge of the newest entries of each lane below the cursor, in reading order. The
 * cursor holds a seq for every lane, so that nothing is skipped or doubled whatever is stored meanwhile.
 */
export async function readTimeline(
  db: Executor,
  windows: readonly LaneWindow[],
  before: string | undefined,
  limit: number,
): Promise<TimelinePage> {
  const { lanes, page, next } = await readPage(db, windows, before, limit)
  return {
    entries: await presentEntries(db, page),
    before: next,
    laneSeqs: before === undefined ? newestSeqs(lanes) : {},
  }
}

export interface RowPage {
  /** What was read of each window, newest first. */
  readonly lanes: ReadonlyMap<LaneWindow, readonly EntryRow[]>
  /** The page, in reading order. */
  readonly page: readonly EntryRow[]
  readonly next: string | null
}

/**
 * The rows of a page.
 * @param only which entries it is about, as a condition on `e`; default: all
 */
export async function readPage(
  db: Executor,
  windows: readonly LaneWindow[],
  before: string | undefined,
  limit: number,
  only: RawSql = sql`true`,
): Promise<RowPage> {
  const below = readCursor(before)
  // A lane that the cursor names with seq 1 has nothing older left.
  const open = windows.filter((window) => (below.get(keyOf(window)) ?? 2) > 1)
  // One more of each lane than is shown: whether anything is left below it is known, and not guessed from its seq.
  const lanes = await readLanesBackwards(db, open, (window) => below.get(keyOf(window)), limit + 1, only)
  const page = mergeNewestFirst(lanes, limit)
  return { lanes, page: [...page].reverse(), next: nextCursor(windows, below, lanes, page) }
}

// One lane may be seen through two windows (unlinked and linked again): the window's start tells them apart.
const keyOf = (window: LaneWindow): string => `${window.laneId}@${window.from?.getTime() ?? ''}`

function readCursor(before: string | undefined): Map<string, number> {
  if (before === undefined) return new Map()
  const seqs = new Map<string, number>()
  for (const part of Buffer.from(before, 'base64url').toString('utf8').split(',')) {
    const [key, seq] = part.split('=')
    if (!key || !seq || !/^\d{1,15}$/.test(seq)) throw new Refusal('invalid_request', { in: 'before' })
    seqs.set(key, Number(seq))
  }
  return seqs
}

function nextCursor(
  windows: readonly LaneWindow[],
  below: ReadonlyMap<string, number>,
  lanes: ReadonlyMap<LaneWindow, readonly EntryRow[]>,
  page: readonly EntryRow[],
): string | null {
  const taken = new Set(page)
  let more = false
  const parts = windows.map((window) => {
    const read = lanes.get(window) ?? []
    const shown = read.filter((entry) => taken.has(entry))
    const left = read.length > shown.length
    more ||= left
    const seq = shown.at(-1)?.seq ?? below.get(keyOf(window)) ?? (read[0] ? read[0].seq + 1 : 1)
    return `${keyOf(window)}=${left ? seq : 1}`
  })
  return more ? Buffer.from(parts.join(',')).toString('base64url') : null
}

function newestSeqs(lanes: ReadonlyMap<LaneWindow, readonly EntryRow[]>): Record<string, number> {
  const seqs: Record<string, number> = {}
  for (const [{ laneId }, entries] of lanes) seqs[laneId] = Math.max(seqs[laneId] ?? 0, entries[0]?.seq ?? 0)
  return seqs
}
