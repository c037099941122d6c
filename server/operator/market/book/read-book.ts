import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketBook, MarketRules, MarketTier } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { pageOf } from '../../../platform/pages.ts'
import { presentLot } from '../lots/present-lot.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { type BookRow, selectBook, selectLevels, selectRaised, selectTiers } from '../store/book.ts'
import type { LotRow } from '../store/lots.ts'
import { bookCursor, readBookCursor } from './cursor.ts'

export interface BookAsk {
  readonly type: TrafficType
  /** null = any size. */
  readonly units: number | null
  readonly after?: string | undefined
  readonly limit: number
}

const LEVELS = 20

/**
 * A page of the book, the best unit price first, then who was first to list; above the first page who paid for it and whose turn it is.
 * Refuses a strange cursor with `invalid_request`.
 */
export async function readBook(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
  { type, units, after, limit }: BookAsk,
): Promise<MarketBook> {
  const now = clock.now()
  const first = after === undefined
  const { lots, next } = await readBookPage(db, { clock }, { type, units, after, limit })
  return {
    type,
    units,
    raised: first ? await readRaised(db, { type, units }, now) : [],
    lots: lots.map((lot) => presentLot(lot, now)),
    levels: first && units !== null ? await selectLevels(db, { type, units }, LEVELS) : [],
    next,
    asOf: now.toISOString(),
  }
}

/** The lots of a page of the book, and where the next one begins. Refuses a strange cursor with `invalid_request`. */
export async function readBookPage(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
  { type, units, after, limit }: BookAsk,
): Promise<{ readonly lots: BookRow[]; readonly next: string | null }> {
  const ask = { now: clock.now(), after: readBookCursor(after), limit: limit + 1 }
  const found = await selectBook(db, { type, units }, ask)
  const { items, next } = pageOf(found, limit, (last) => bookCursor(placeOf(last, units)))
  return { lots: items, next }
}

const placeOf = ({ id, listedAt, priceKopecks, unitPrice }: BookRow, units: number | null) => ({
  price: units === null ? unitPrice : priceKopecks,
  at: listedAt,
  id,
})

async function readRaised(db: Executor, size: Pick<BookAsk, 'type' | 'units'>, now: Date) {
  const { raise } = await readRules(db)
  if (raise.slots === 0) return []
  const raised = await selectRaised(db, size, now, raise.mostPerTier)
  return atTurn(raised, raise, now).map((lot) => presentLot(lot, now))
}

/** Those whose turn it is: everybody who paid stands in the slots as often as everybody else. */
export function atTurn(
  raised: readonly LotRow[],
  { slots, turnSeconds }: MarketRules['raise'],
  now: Date,
): LotRow[] {
  if (raised.length <= slots) return [...raised]
  const turn = Math.floor(now.getTime() / (turnSeconds * 1_000))
  const from = (turn * slots) % raised.length
  return [...raised, ...raised].slice(from, from + slots)
}

/** Sizes of a type that are on sale: how many lots, the cheapest, the average. */
export async function readTiers(db: Executor, type: TrafficType): Promise<MarketTier[]> {
  const tiers = await selectTiers(db, type)
  return tiers.flatMap(({ units, lots, kopecks, cheapest }) =>
    cheapest === null
      ? []
      : [{ units, lots, cheapestKopecks: cheapest, averageKopecks: Math.round(kopecks / lots) }],
  )
}
