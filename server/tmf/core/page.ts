import { passes } from './filter.ts'
import { MOST_ROWS, type Query } from './query.ts'

export interface ResultPage<T> {
  readonly items: T[]
  /** How many pass the filters; undefined = there are more than a list is looked through. */
  readonly total: number | undefined
}

/** The asked page of what passes the filters. A source is read page after page, as far as `MOST_ROWS`. */
export async function pageOf<T>(source: AsyncIterable<readonly T[]>, query: Query): Promise<ResultPage<T>> {
  const { offset, limit, conditions } = query
  const kept: T[] = []
  let seen = 0
  for await (const batch of source) {
    kept.push(...batch.filter((one) => passes(one, conditions)))
    seen += batch.length
    if (seen >= MOST_ROWS) return { items: kept.slice(offset, offset + limit), total: undefined }
  }
  return { items: kept.slice(offset, offset + limit), total: kept.length }
}

const BATCH = 100

/** A source behind a keyset-paged list. */
export async function* keyset<T>(
  read: (ask: { after?: string | undefined; limit: number }) => Promise<{ items: T[]; next: string | null }>,
): AsyncGenerator<readonly T[]> {
  let after: string | undefined
  do {
    const { items, next } = await read({ after, limit: BATCH })
    yield items
    after = next ?? undefined
  } while (after !== undefined)
}
