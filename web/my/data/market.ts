import { useEffect, useRef, useState } from 'preact/hooks'
import type { TrafficType } from '../../../contracts/amounts.ts'
import {
  type DealReceipt,
  type MarketAdvice,
  type MarketBook,
  type MarketHistory,
  type MarketLot,
  type MarketQuote,
  type MarketTier,
  type Mood,
  type MyLot,
  market,
  type Purchase,
  type Sellable,
} from '../../../contracts/market.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { call } from './api.ts'
import { lineChanged } from './lines.ts'
import { onLiveFrame, onLiveReady, tellLive } from './live.ts'
import { keepReading, lookAgain, type Reading, useReading } from './reading.ts'

/** Which lots: of a type, and of a size or of any (null). */
export interface Shelf {
  readonly type: TrafficType
  readonly units: number | null
}

const bookKey = ({ type, units }: Shelf) => `market:book:${type}:${units ?? '*'}`

/** Turns above the book and counts of other sizes change without a word: looked at again after so long. */
const LOOK_AGAIN_MS = 20_000

/** Sizes of a type that are on sale. */
export const useTiers = (type: TrafficType): Reading<{ tiers: MarketTier[] }> =>
  useReading(`market:tiers:${type}`, () => call(market.listTiers, { query: { type } }))

/** Over how many days prices are told: by the hour for two of them, else by the day. */
export const HISTORY_DAYS = [2, 30, 90] as const
export type HistoryDays = (typeof HISTORY_DAYS)[number]
export type History = MarketHistory

/** What was paid for a unit of late. */
export const useHistory = ({ type, units }: Shelf, days: HistoryDays): Reading<MarketHistory> =>
  useReading(`market:history:${type}:${units ?? '*'}:${days}`, () =>
    call(market.readHistory, { query: { type, days, ...(units !== null && { units }) } }),
  )

/** The first page of the book as it stands now: the server tells every change of it. */
export function useFirstPage(shelf: Shelf): Reading<MarketBook> {
  const { type, units } = shelf
  const reading = useReading(bookKey(shelf), () =>
    call(market.readBook, { query: { type, ...(units !== null && { units }) } }),
  )
  useEffect(() => {
    const watch = () => tellLive({ type: 'market-watch', book: { type, units } })
    watch()
    const leaveReady = onLiveReady(watch)
    const leaveFrames = onLiveFrame((frame) => {
      if (frame.type !== 'market-book' || frame.book.type !== type || frame.book.units !== units) return
      keepReading(bookKey({ type, units }), frame.book)
      lookAgain(`market:tiers:${type}`)
    })
    const timer = setInterval(() => document.hidden || lookAgain('market:'), LOOK_AGAIN_MS)
    return () => {
      leaveReady()
      leaveFrames()
      clearInterval(timer)
      tellLive({ type: 'market-watch', book: null })
    }
  }, [type, units])
  return reading
}

/** Further pages behind a first one. */
export interface Tail {
  readonly lots: readonly MarketLot[]
  readonly more: boolean
  readonly busy: boolean
  readonly problem: ApiProblem | undefined
  /** Asks for another page, or again for what did not come. */
  next(): void
}

interface Page {
  readonly lots: readonly MarketLot[]
  readonly next: string | null
}

/** What stands behind the first page, as far as was asked for; read again from the new end when the first page ends elsewhere. */
export function useTail({ type, units }: Shelf, end: string | null): Tail {
  const [pages, setPages] = useState(0)
  const [asked, setAsked] = useState(0)
  const [page, setPage] = useState<Page>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const turn = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again for the same
  useEffect(() => {
    const mine = ++turn.current
    if (pages === 0) return
    setBusy(true)
    setProblem(undefined)
    readTail({ type, units }, end, pages)
      .then(
        (read) => mine === turn.current && setPage(read),
        (error) =>
          mine === turn.current &&
          setProblem(error instanceof ApiProblem ? error : new ApiProblem('internal')),
      )
      .finally(() => mine === turn.current && setBusy(false))
  }, [type, units, end, pages, asked])
  const shown = pages === 0 || end === null ? undefined : page
  return {
    lots: shown?.lots ?? [],
    more: (shown ? shown.next : end) !== null,
    busy,
    problem,
    next: () => (problem ? setAsked(asked + 1) : setPages(pages + 1)),
  }
}

async function readTail({ type, units }: Shelf, from: string | null, pages: number): Promise<Page> {
  const lots: MarketLot[] = []
  let after = from
  for (let page = 0; page < pages && after !== null; page++) {
    const read: MarketBook = await call(market.readBook, {
      query: { type, ...(units !== null && { units }), after },
    })
    lots.push(...read.lots)
    after = read.next
  }
  return { lots, next: after }
}

/** What of a line may be sold, and what selling costs. */
export interface Selling {
  readonly types: readonly Sellable[]
  readonly raiseKopecks: number
  readonly raiseHours: number
  readonly feeBasisPoints: number
}

export const useSelling = (lineId: string): Reading<Selling> =>
  useReading(`line:${lineId}:market:sellable`, () => call(market.getSellable, { query: { line: lineId } }))

/** When a lot of this size and price is likely to be sold. */
export const useAdvice = (
  lineId: string,
  { type, units, priceKopecks }: Pick<MarketLot, 'type' | 'units' | 'priceKopecks'>,
): Reading<MarketAdvice> =>
  useReading(`line:${lineId}:market:advice:${type}:${units}:${priceKopecks}`, () =>
    call(market.adviseSale, { query: { line: lineId, type, units, priceKopecks } }),
  )

interface Listed<T> {
  readonly items: readonly T[]
  readonly more: boolean
}

/** Lots of a line, newest first; those on sale or those that are over; as many pages as were asked for. */
export const useMyLots = (lineId: string, active: boolean, pages: number): Reading<Listed<MyLot>> =>
  useReading(`line:${lineId}:market:lots:${active}:${pages}`, () =>
    readPages(pages, (after) =>
      call(market.listMyLots, {
        query: { line: lineId, active: active ? 'yes' : 'no', ...(after && { after }) },
      }),
    ),
  )

/** Receipts of a line, newest first; as many pages as were asked for. */
export const useMyDeals = (
  lineId: string,
  side: DealReceipt['side'],
  pages: number,
): Reading<Listed<DealReceipt>> =>
  useReading(`line:${lineId}:market:deals:${side}:${pages}`, () =>
    readPages(pages, (after) =>
      call(market.listMyDeals, { query: { line: lineId, side, ...(after && { after }) } }),
    ),
  )

async function readPages<T>(
  pages: number,
  read: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>,
): Promise<Listed<T>> {
  const items: T[] = []
  let after: string | null | undefined
  for (let page = 0; page < pages && after !== null; page++) {
    const got = await read(after)
    items.push(...got.items)
    after = got.next
  }
  return { items, more: after !== null }
}

/** What somebody wants to buy: one lot that they saw, or the cheapest that come to so many units. */
export type Want =
  | { readonly lotId: string }
  | { readonly type: TrafficType; readonly units: number; readonly ceilingKopecks?: number | undefined }

/** How it stands now. Buys nothing. Throws `ApiProblem`. */
export const quoteFor = (lineId: string, want: Want): Promise<MarketQuote> =>
  call(market.quote, { body: { lineId, want } })

/** One purchase that the person agreed to: sent again after a lost answer it is the same one. */
export interface PurchaseWish {
  readonly id: string
  readonly lineId: string
  readonly lots: readonly Pick<MarketLot, 'id' | 'version'>[]
  readonly totalKopecks: number
}

/** Buys the lots as they were seen, all or none. Throws `ApiProblem`. */
export async function buyLots({ id, lineId, lots, totalKopecks }: PurchaseWish): Promise<Purchase> {
  const bought = lots.map((lot) => ({ id: lot.id, version: lot.version }))
  const purchase = await call(market.buy, { body: { id, lineId, lots: bought, totalKopecks } })
  dealtOn(lineId)
  return purchase
}

/** One lot that the person puts up: sent again after a lost answer it is the same one. */
export interface LotWish {
  readonly id: string
  readonly lineId: string
  readonly type: TrafficType
  readonly units: number
  readonly priceKopecks: number
  readonly moods: readonly Mood[]
  readonly showName: boolean
}

/** Puts it up. Throws `ApiProblem`. */
export async function putUp({ moods, ...wish }: LotWish): Promise<MyLot> {
  const lot = await call(market.listLot, { body: { ...wish, moods: [...moods] } })
  dealtOn(wish.lineId)
  return lot
}

/** Another price, other moods, name shown or hidden. Throws `ApiProblem` (`conflict`: it changed meanwhile). */
export async function changeLot(
  { id, lineId, version }: MyLot,
  { moods, ...change }: { priceKopecks: number; moods: readonly Mood[]; showName: boolean },
): Promise<MyLot> {
  const lot = await call(market.changeLot, {
    params: { id },
    body: { version, ...change, moods: [...moods] },
  })
  dealtOn(lineId)
  return lot
}

/** Takes it back. Throws `ApiProblem`. */
export async function withdrawLot({ id, lineId }: MyLot): Promise<MyLot> {
  const lot = await call(market.withdrawLot, { params: { id } })
  dealtOn(lineId)
  return lot
}

/** Pays for turns above the book; `raiseId` is the same when it is sent again. Throws `ApiProblem`. */
export async function raiseLot({ id, lineId }: MyLot, raiseId: string, kopecks: number): Promise<MyLot> {
  const lot = await call(market.raiseLot, { params: { id }, body: { id: raiseId, kopecks } })
  dealtOn(lineId)
  return lot
}

/** Something was wrong with a deal: whoever helps has it before them. Throws `ApiProblem`. */
export const disputeDeal = (deal: DealReceipt, id: string, words: string): Promise<unknown> =>
  call(market.disputeDeal, { params: { id: deal.id }, body: { id, lineId: deal.lineId, words } })

function dealtOn(lineId: string): void {
  lineChanged(lineId)
  lookAgain('market:')
}
