import type { Entry } from '../../../contracts/entries.ts'
import { entryKey } from './merge.ts'

/** A message with what later became of it. */
export interface Item {
  readonly entry: Entry
  /** Earlier texts, oldest first; empty when it was never edited. */
  readonly earlier: readonly string[]
  /** The text now in force; null = erased, or no text at all. */
  readonly text: string | null
  readonly deleted: boolean
}

const textOf = (entry: Entry) => (entry.body && 'text' in entry.body ? entry.body.text : null)

const isFirst = ({ kind, supersedes }: Entry) =>
  kind !== 'edit' && kind !== 'deletion' && (kind !== 'order' || supersedes === null)

/**
 * Folds edits and deletions into the messages that they supersede, and later states of an order into its first entry. Those of entries not
 * loaded yet wait unseen.
 */
export function foldEntries(entries: readonly Entry[]): Item[] {
  const items = new Map<string, Item>()
  for (const entry of entries) {
    if (isFirst(entry)) {
      items.set(entryKey(entry), { entry, earlier: [], text: textOf(entry), deleted: false })
      continue
    }
    const key = entryKey({ laneId: entry.laneId, seq: entry.supersedes ?? 0 })
    const item = items.get(key)
    if (!item) continue
    if (entry.kind === 'order') {
      items.set(key, { ...item, entry: { ...item.entry, body: entry.body } })
      continue
    }
    const isSame = entry.kind === 'edit' && item.text === textOf(entry)
    // An edit of files alone says the same words again.
    const earlier = item.text === null || isSame ? item.earlier : [...item.earlier, item.text]
    if (entry.kind === 'deletion') items.set(key, { ...item, earlier, deleted: true })
    else items.set(key, { ...item, earlier, text: textOf(entry) })
  }
  return [...items.values()]
}
