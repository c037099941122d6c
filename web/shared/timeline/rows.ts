import type { ChannelKind } from '../../../contracts/channels.ts'
import type { Item } from './fold.ts'
import { entryKey } from './merge.ts'

const TOGETHER_MS = 5 * 60_000

/** A row of the scroll. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'channel'; readonly key: string; readonly channel: ChannelKind; readonly laneId: string }
  | {
      readonly kind: 'item'
      readonly key: string
      readonly item: Item
      /** Same author, lane and minute or so as the row above: no name again. */
      readonly continued: boolean
    }

const dayOf = (instant: string) => new Date(instant).toDateString()

function continues(item: Item, before: Item): boolean {
  const [a, b] = [item.entry, before.entry]
  return (
    a.kind === b.kind &&
    a.kind !== 'mark' &&
    a.kind !== 'order' &&
    a.kind !== 'market' &&
    a.laneId === b.laneId &&
    a.direction === b.direction &&
    a.author.kind === b.author.kind &&
    a.author.id === b.author.id &&
    Date.parse(a.storedAt) - Date.parse(b.storedAt) < TOGETHER_MS
  )
}

/** Lays items out as rows with day separators and quiet lines where the channel changes. */
export function layOutRows(items: readonly Item[]): Row[] {
  const rows: Row[] = []
  let before: Item | undefined
  let lane: string | undefined
  for (const item of items) {
    const { entry } = item
    const newDay = !before || dayOf(before.entry.storedAt) !== dayOf(entry.storedAt)
    if (newDay) rows.push({ kind: 'day', key: `day:${dayOf(entry.storedAt)}`, at: entry.storedAt })
    const newLane = entry.kind === 'message' && entry.channel !== null && entry.laneId !== lane
    if (newLane && entry.channel) {
      rows.push({
        kind: 'channel',
        key: `channel:${entryKey(entry)}`,
        channel: entry.channel,
        laneId: entry.laneId,
      })
    }
    if (entry.kind === 'message') lane = entry.laneId
    const continued = Boolean(before && !newDay && !newLane && continues(item, before))
    rows.push({ kind: 'item', key: entryKey(entry), item, continued })
    before = item
  }
  return rows
}
