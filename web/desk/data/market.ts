import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { TrafficType } from '../../../contracts/amounts.ts'
import { type DealReceipt, marketConsole } from '../../../contracts/market.ts'
import { call } from './api.ts'

/*
 * What the console shows stands under ['market']: whoever changes something there invalidates that. Deals of a line stand under the line,
 * whose news refresh them.
 */

const PAGE = 50

export const marketOverviewQuery = queryOptions({
  queryKey: ['market', 'overview'],
  queryFn: ({ signal }) => call(marketConsole.getMarketOverview, { signal }),
  refetchInterval: 30_000,
})

/** Which lots of the book: of a type, of a size or of any (null). */
export interface Shelf {
  readonly type: TrafficType
  readonly units: number | null
}

/** The book as buyers see it, with whose each lot is. */
export const marketBookQuery = ({ type, units }: Shelf) =>
  infiniteQueryOptions({
    queryKey: ['market', 'book', type, units],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(marketConsole.readMarketBook, {
        query: {
          type,
          limit: PAGE,
          ...(units !== null && { units }),
          ...(pageParam && { after: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

export interface LotFilter {
  readonly seller?: string | undefined
  readonly frozen?: boolean | undefined
}

/** Lots in any state, newest first. */
export const marketLotsQuery = ({ seller, frozen }: LotFilter) =>
  infiniteQueryOptions({
    queryKey: ['market', 'lots', seller, frozen],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(marketConsole.listMarketLots, {
        query: {
          limit: PAGE,
          ...(seller && { seller }),
          ...(frozen && { frozen: 'yes' as const }),
          ...(pageParam && { after: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

export interface DealFilter {
  readonly seller?: string | undefined
  readonly buyer?: string | undefined
  readonly lot?: string | undefined
}

/** Deals, newest first. */
export const marketDealsQuery = ({ seller, buyer, lot }: DealFilter, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ['market', 'deals', seller, buyer, lot, limit],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(marketConsole.listMarketDeals, {
        query: {
          limit,
          ...(seller && { seller }),
          ...(buyer && { buyer }),
          ...(lot && { lot }),
          ...(pageParam && { after: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

export const traderQuery = (id: string) =>
  queryOptions({
    queryKey: ['market', 'trader', id],
    queryFn: ({ signal }) => call(marketConsole.getTrader, { params: { id }, signal }),
  })

export const marketRulesQuery = queryOptions({
  queryKey: ['market', 'rules'],
  queryFn: ({ signal }) => call(marketConsole.getMarketRules, { signal }),
})

export const marketVersionsQuery = queryOptions({
  queryKey: ['market', 'versions'],
  queryFn: ({ signal }) => call(marketConsole.listMarketRules, { signal }),
})

/** What the staff did: to a lot, to somebody, or everything. */
export const marketChangesQuery = (of: { readonly lot?: string; readonly trader?: string } = {}) =>
  infiniteQueryOptions({
    queryKey: ['market', 'changes', of],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(marketConsole.listMarketChanges, {
        query: { limit: PAGE, ...of, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

/** What a line bought or sold, newest first. */
export const dealsOfLineQuery = (lineId: string, side: DealReceipt['side']) =>
  infiniteQueryOptions({
    queryKey: ['line', lineId, 'deals', side],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(marketConsole.listDealsOfLine, {
        params: { id: lineId },
        query: { side, limit: 10, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

/** A deal of a line, with whether it can be taken back. */
export const dealOfLineQuery = (lineId: string, dealId: string) =>
  queryOptions({
    queryKey: ['line', lineId, 'deal', dealId],
    queryFn: ({ signal }) => call(marketConsole.getDealOfLine, { params: { id: lineId, dealId }, signal }),
  })
