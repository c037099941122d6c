import type { Page, PageAsk } from '../../operator/edge/index.ts'
import type { Call } from './call.ts'
import { passes } from './filter.ts'
import { isExact, MOST_ROWS, type Query } from './query.ts'
import type { Whose } from './whose.ts'

export interface Walked<T> {
  readonly thing: T
  readonly whose: Whose
}

/** A list of everybody's things, for who may have it. */
export interface Everybody<T> {
  /** Attributes of which one exact value says whose: such a list is no walk. */
  readonly anchors: readonly string[]
  /** The things of the next `limit` people, lines … after a place, in the order in which they came about. */
  readonly walk: (call: Call, ask: PageAsk) => Promise<Page<Walked<T>>>
}

export interface WalkedPage<T> {
  readonly items: Walked<T>[]
  /** Where it goes on; undefined = nowhere. */
  readonly next: { readonly after: string | undefined; readonly offset: number } | undefined
}

/** How many people's, lines' … things are read at a time. */
const BATCH = 50

export const saysWhose = ({ conditions }: Query, anchors: readonly string[]): boolean =>
  conditions.some((one) => isExact(one) && anchors.includes(one.attribute))

/**
 * The asked page of a walk from a place on. It is looked through as far as `MOST_ROWS`; a page that came out short of what was asked for
 * goes on at `next` all the same. An offset counts from the place: what stands before it is not read again.
 */
export async function walkedPage<T>(
  walk: (ask: PageAsk) => Promise<Page<Walked<T>>>,
  { after, offset, limit, conditions }: Query,
): Promise<WalkedPage<T>> {
  const wanted = offset + limit
  const kept: Walked<T>[] = []
  let place = after
  for (let looked = 0; ; ) {
    const asked = Math.min(wanted, BATCH)
    const page = await walk({ after: place, limit: asked })
    const before = kept.length
    kept.push(...page.items.filter(({ thing }) => passes(thing, conditions)))
    // Who has nothing was looked at, too.
    looked += Math.max(page.items.length, asked)
    const items = kept.slice(offset, wanted)
    if (kept.length > wanted) return { items, next: { after: place, offset: wanted - before } }
    if (page.next === null) return { items, next: undefined }
    if (kept.length === wanted || looked >= MOST_ROWS)
      return { items, next: { after: page.next, offset: Math.max(0, offset - kept.length) } }
    place = page.next
  }
}
