import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { lines } from '../../../contracts/lines.ts'
import { type Order, type OrderRequest, orders } from '../../../contracts/orders.ts'
import { payments } from '../../../contracts/payments.ts'
import { call } from './api.ts'

/*
 * What screens show of a line stands under ['line', its id]: whoever hears that it changed invalidates that.
 */

/** The lines of the person behind a contact point. */
export const linesOfPersonQuery = (contactPointId: string) =>
  queryOptions({
    queryKey: ['lines-of', contactPointId],
    queryFn: ({ signal }) => call(lines.listLinesOfPerson, { params: { id: contactPointId }, signal }),
  })

export const lineQuery = (id: string) =>
  queryOptions({
    queryKey: ['line', id, 'glance'],
    queryFn: ({ signal }) => call(lines.getLine, { params: { id }, signal }),
  })

export const lineServicesQuery = (id: string) =>
  queryOptions({
    queryKey: ['line', id, 'services'],
    queryFn: ({ signal }) => call(lines.getLineServices, { params: { id }, signal }),
  })

export const lineSettingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['line', id, 'settings'],
    queryFn: ({ signal }) => call(lines.getLineSettings, { params: { id }, signal }),
  })

const MOVEMENTS = 30

/** Where the money of a month went, by category. */
export const chargeSummaryQuery = (id: string, month: string) =>
  queryOptions({
    queryKey: ['line', id, 'charges', month, 'summary'],
    queryFn: ({ signal }) => call(lines.getChargeSummary, { params: { id }, query: { month }, signal }),
  })

/** The movements of a line's money in a month, newest first. */
export const chargesQuery = (id: string, month: string) =>
  infiniteQueryOptions({
    queryKey: ['line', id, 'charges', month, 'movements'],
    queryFn: ({ pageParam, signal }) =>
      call(lines.listCharges, {
        params: { id },
        query: { month, limit: MOVEMENTS, ...(pageParam !== null && { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

/** The latest payments to a line: enough to find the one that somebody speaks of. */
export const topUpsQuery = (id: string) =>
  queryOptions({
    queryKey: ['line', id, 'top-ups'],
    queryFn: ({ signal }) => call(payments.listTopUps, { params: { id }, query: { limit: 20 }, signal }),
  })

/** Tariffs by what the line's own use would have cost. */
export const tariffsQuery = (id: string) =>
  queryOptions({
    queryKey: ['line', id, 'tariffs'],
    queryFn: ({ signal }) => call(lines.compareTariffs, { params: { id }, signal }),
  })

/** What an order would do, as of now. */
export const previewQuery = (lineId: string, request: OrderRequest | undefined) =>
  queryOptions({
    queryKey: ['line', lineId, 'preview', request],
    queryFn: ({ signal }) => {
      if (!request) throw new Error('nothing to look at')
      return call(orders.previewOrder, { params: { id: lineId }, body: { request }, signal })
    },
    enabled: request !== undefined,
    staleTime: 0,
    gcTime: 0,
  })

/** Where an order stands; the line's news bring it up to date. */
export const orderQuery = (order: Order) =>
  queryOptions({
    queryKey: ['line', order.lineId, 'order', order.id],
    queryFn: ({ signal }) => call(orders.getOrder, { params: { id: order.id }, signal }),
    initialData: order,
  })
