import type { Order } from '../../../contracts/orders.ts'

const OPEN = ['pending', 'unknown'] as const
type Open = Order & { readonly state: (typeof OPEN)[number] }

/**
 * Whoever keeps the line has not said how it ended: it may still fail. Where a person has to answer, the screen that asked them says so.
 */
export const isOpen = (order: Order): order is Open =>
  OPEN.some((state) => state === order.state) &&
  !(order.request.kind === 'share-line' && order.state === 'pending')

const DAY_MS = 24 * 3_600_000
const TOLD_FOR_MS = 3 * DAY_MS

/**
 * What the person should know of: it has not ended, or it failed in the last days and was not simply done afterwards. Newest first. A
 * top-up waits for the person, not for us: Finance tells of it.
 */
export function worthTelling(all: readonly Order[], now: number): Order[] {
  const orders = all.filter(({ request }) => request.kind !== 'top-up')
  const done = new Map<string, string>()
  for (const { request, state, placedAt } of orders)
    if (state === 'done' && placedAt > (done.get(sameness(request)) ?? ''))
      done.set(sameness(request), placedAt)
  return orders.filter(
    (order) =>
      isOpen(order) ||
      (order.state === 'refused' &&
        now - Date.parse(order.placedAt) < TOLD_FOR_MS &&
        (done.get(sameness(order.request)) ?? '') < order.placedAt),
  )
}

/** Two orders of one kind about one thing. */
const sameness = (request: Order['request']): string =>
  `${request.kind} ${'code' in request ? request.code : ''}`
