import type { Entry, OrderOnTimeline } from '../../../../contracts/entries.ts'
import type { MarketOnTimeline } from '../../../../contracts/market.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { LaneWindow } from '../../subscribers/index.ts'
import { type EntryRow, presentEntries } from './present-entries.ts'
import { readEntriesBySeq, readLater } from './read-entries.ts'
import { readPage } from './read-timeline.ts'

/** One item of a person's own story: a message, an order or something on the Market, with what later became of it. Nothing internal. */
export interface StoryItem {
  readonly entry: Entry
  /** The words now in force; null = deleted, erased, or not a message. */
  readonly text: string | null
  readonly edited: boolean
  readonly deleted: boolean
  /** As the person themselves may see it. */
  readonly order: OrderOnTimeline | null
  readonly market: MarketOnTimeline | null
}

export interface Story {
  readonly items: readonly StoryItem[]
  /** Give it back as `before` for what is older; null = the beginning. */
  readonly next: string | null
  /** Newest seq of each lane that goes on, as of before the page was read: resume from these. Only with the newest page. */
  readonly laneSeqs: Readonly<Record<string, number>>
}

const TOLD: readonly EntryRow['kind'][] = ['message', 'order', 'market']
const STORY = sql`e.kind in ('message', 'order', 'market') and e.supersedes is null`

/**
 * A page of what a person and we said to each other, on every door, and of what was done to their lines: in reading order, the newest
 * page first. Notes, marks and what belongs to somebody else's time of a lane are no part of it.
 * @param filePath where the person reads their files, up to the id
 */
export async function readStory(
  db: Executor,
  windows: readonly LaneWindow[],
  ask: { readonly before: string | undefined; readonly limit: number; readonly filePath: string },
): Promise<Story> {
  const laneSeqs = ask.before === undefined ? await readLastSeqs(db, windows) : {}
  const { lanes, page, next } = await readPage(db, windows, ask.before, ask.limit, STORY)
  const until = new Map([...lanes].flatMap(([{ to }, read]) => read.map((entry) => [entry, to] as const)))
  const items = await itemsOf(db, page, (entry) => until.get(entry) ?? null, ask.filePath)
  return { items, next, laneSeqs }
}

/** Some items of a lane that goes on, by the seq of their first entries; what is no part of the story is left out. */
export async function readStoryItems(
  db: Executor,
  laneId: string,
  seqs: readonly number[],
  filePath: string,
): Promise<StoryItem[]> {
  const entries = await readEntriesBySeq(db, laneId, seqs)
  const firsts = entries.filter(({ kind, supersedes }) => TOLD.includes(kind) && supersedes === null)
  return itemsOf(db, firsts, () => null, filePath)
}

async function readLastSeqs(db: Executor, windows: readonly LaneWindow[]): Promise<Record<string, number>> {
  const open = windows.filter(({ to }) => to === null).map(({ laneId }) => laneId)
  const lanes = await rows(
    db,
    sql<{
      id: string
      seq: number
    }>`select id, last_seq as seq from timeline.lane where id = any(${open}::uuid[])`,
  )
  return Object.fromEntries(lanes.map(({ id, seq }) => [id, seq]))
}

async function itemsOf(
  db: Executor,
  firsts: readonly EntryRow[],
  untilOf: (entry: EntryRow) => Date | null,
  filePath: string,
): Promise<StoryItem[]> {
  if (firsts.length === 0) return []
  const asked = firsts.map((entry) => ({ laneId: entry.laneId, seq: entry.seq, until: untilOf(entry) }))
  const [entries, later] = await Promise.all([presentEntries(db, firsts, filePath), readLater(db, asked)])
  const became = new Map<string, EntryRow[]>()
  for (const one of later) {
    const key = `${one.laneId}/${one.supersedes}`
    became.set(key, [...(became.get(key) ?? []), one])
  }
  return entries.flatMap((entry, index) => {
    const row = firsts[index]
    return row ? [foldItem(entry, row, became.get(`${row.laneId}/${row.seq}`) ?? [])] : []
  })
}

function foldItem(entry: Entry, row: EntryRow, later: readonly EntryRow[]): StoryItem {
  const first: StoryItem = {
    entry,
    text: row.body?.type === 'message' ? row.body.text : null,
    edited: false,
    deleted: false,
    order: row.body?.type === 'order' ? row.body.order : null,
    market: row.body?.type === 'market' ? row.body.market : null,
  }
  return later.reduce(fold, first)
}

function fold(item: StoryItem, { kind, body }: EntryRow): StoryItem {
  if (kind === 'deletion') return { ...item, text: null, deleted: true }
  if (body?.type === 'edit' && !item.deleted) return { ...item, text: body.text, edited: true }
  if (body?.type === 'order') return { ...item, order: body.order }
  return item
}
