import { useState } from 'preact/hooks'
import { ApiProblem } from '../../shared/api/index.ts'
import { failReading, keptReading, type Reading, renewReading, useReading } from './reading.ts'

/** A part of a list, and the key that the part after it is asked for by; null = there is none. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

interface Identified {
  readonly id: string
}

/** A list that grows by a page at a time. */
export interface PagedReading<T> extends Reading<Page<T>> {
  /** Fetches the next page, and none of those before it. */
  more(): void
  readonly fetching: boolean
}

/** Reads a list by a key, the newest first: its first page at once, others when they are asked for. */
export function usePages<T extends Identified>(
  key: string,
  read: (after?: string) => Promise<Page<T>>,
): PagedReading<T> {
  const reading = useReading<Page<T>>(key, async () => withTail(await read(), keptReading<Page<T>>(key)))
  const [fetching, setFetching] = useState(false)
  const fetchNext = async () => {
    const after = reading.value?.next
    if (!after || fetching) return
    setFetching(true)
    try {
      const page = await read(after)
      renewReading<Page<T>>(key, (known) => withNext(known, after, page))
    } catch (error) {
      failReading(key, error instanceof ApiProblem ? error : new ApiProblem('internal'))
    }
    setFetching(false)
  }
  return { ...reading, fetching, more: () => void fetchNext() }
}

/** The first page read anew; what was fetched below it stays where it follows on from it. */
export function withTail<T extends Identified>(first: Page<T>, known: Page<T> | undefined): Page<T> {
  const last = first.items.at(-1)
  const place = known && last ? known.items.findIndex(({ id }) => id === last.id) : -1
  if (!known || place === -1) return first
  const tail = known.items.slice(place + 1)
  return tail.length === 0 ? first : { items: [...first.items, ...tail], next: known.next }
}

/** With the page that was asked for by `after`; the list may have become another one meanwhile. */
export function withNext<T>(known: Page<T>, after: string, page: Page<T>): Page<T> {
  if (known.next !== after) return known
  return { items: [...known.items, ...page.items], next: page.next }
}
