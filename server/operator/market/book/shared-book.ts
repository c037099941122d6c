import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketBook, MarketTier } from '../../../../contracts/market.ts'
import type { Db } from '../../../platform/database/index.ts'
import type { MarketContext } from '../market-context.ts'
import type { Size } from '../store/book.ts'
import { readBook, readTiers } from './read-book.ts'

/** Lots on a first page. */
export const FIRST_PAGE = 30
/** What nobody said has changed is read anew after so long: turns end, lots end. */
const FRESH_MS = 5_000
/** First pages that are kept, the longest unused forgotten first. */
const MOST_KEPT = 2_000

/**
 * First pages of the book, read once a change however many look at them. Nothing is kept that was begun before a change was told, so
 * whoever asks after their own commit sees it.
 */
export interface SharedBook {
  /** The first page of a size, or of any (`units` null). */
  firstPage(type: TrafficType, units: number | null): Promise<MarketBook>
  tiers(type: TrafficType): Promise<{ readonly tiers: MarketTier[]; readonly asOf: string }>
  /** These sizes have changed. */
  forget(sizes: readonly Size[]): void
}

interface Kept<T> {
  readonly at: number
  readonly read: Promise<T>
}

export function createSharedBook(db: Db, { clock }: Pick<MarketContext, 'clock'>): SharedBook {
  const pages = createKept<MarketBook>(clock)
  const tiers = createKept<{ tiers: MarketTier[]; asOf: string }>(clock)
  return {
    firstPage: (type, units) =>
      pages.get(`${type} ${units ?? '*'}`, () => readBook(db, { clock }, { type, units, limit: FIRST_PAGE })),
    tiers: (type) =>
      tiers.get(type, async () => ({ asOf: clock.now().toISOString(), tiers: await readTiers(db, type) })),
    forget: (sizes) => {
      for (const { type, units } of sizes) {
        pages.forget(`${type} ${units}`)
        pages.forget(`${type} *`)
        tiers.forget(type)
      }
    },
  }
}

function createKept<T>(clock: MarketContext['clock']) {
  const kept = new Map<string, Kept<T>>()
  return {
    get(key: string, read: () => Promise<T>): Promise<T> {
      const now = clock.now().getTime()
      const known = kept.get(key)
      if (known && now - known.at < FRESH_MS) return known.read
      const one: Kept<T> = { at: now, read: read() }
      kept.delete(key)
      kept.set(key, one)
      const [oldest] = kept.keys()
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
      one.read.catch(() => {
        if (kept.get(key) === one) kept.delete(key)
      })
      return one.read
    },
    forget: (key: string) => void kept.delete(key),
  }
}
