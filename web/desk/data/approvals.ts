import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { orders } from '../../../contracts/orders.ts'
import { payments } from '../../../contracts/payments.ts'
import { call } from './api.ts'

/** Orders that wait for a second pair of eyes, oldest first. */
export const approvalsQuery = infiniteQueryOptions({
  queryKey: ['approvals', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) =>
    call(orders.listOrdersToApprove, {
      query: { limit: 50, ...(pageParam && { after: pageParam }) },
      signal,
    }),
  getNextPageParam: (page) => page.next,
})

/** How many of them are others'. */
export const approvalsCountQuery = queryOptions({
  queryKey: ['approvals', 'count'],
  queryFn: ({ signal }) => call(orders.countOrdersToApprove, { signal }),
})

/** Orders of which nobody knows what became, oldest first; the first of them are enough to act on. */
export const unknownOrdersQuery = queryOptions({
  queryKey: ['approvals', 'unknown-orders'],
  queryFn: ({ signal }) => call(orders.listUnknownOrders, { query: { limit: 50 }, signal }),
})

/** Payments of which nobody knows what became, oldest first; the first of them are enough to act on. */
export const unknownPaymentsQuery = queryOptions({
  queryKey: ['approvals', 'unknown-payments'],
  queryFn: ({ signal }) => call(payments.listUnknownTopUps, { query: { limit: 50 }, signal }),
})

/** Payments whose fiscal receipt nobody has registered, oldest first. */
export const missingReceiptsQuery = queryOptions({
  queryKey: ['approvals', 'missing-receipts'],
  queryFn: ({ signal }) => call(payments.listMissingReceipts, { query: { limit: 50 }, signal }),
})

/** The same of refunds to cards. */
export const unknownRefundsQuery = queryOptions({
  queryKey: ['approvals', 'unknown-refunds'],
  queryFn: ({ signal }) => call(payments.listUnknownRefunds, { query: { limit: 50 }, signal }),
})
