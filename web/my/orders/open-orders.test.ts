import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { Order } from '../../../contracts/orders.ts'
import { isOpen, worthTelling } from './open-orders.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const anOrder = (part: Partial<Order>): Order => ({
  id: uuid(),
  lineId: uuid(),
  request: { kind: 'connect-option', code: 'more' },
  state: 'done',
  effects: [],
  by: { kind: 'subscriber', name: null, through: 'my' },
  approvedBy: null,
  placedAt: '2026-11-26T11:00:00.000Z',
  carriedOutAt: null,
  undoableUntil: null,
  reason: null,
  ...part,
})

test('tells of what has not ended however old it is, and of what failed lately', () => {
  const old = '2026-11-01T11:00:00.000Z'
  const pending = anOrder({ state: 'pending', placedAt: old })
  const unknown = anOrder({ state: 'unknown', placedAt: old })
  const failed = anOrder({ state: 'refused' })
  const failedLongAgo = anOrder({ state: 'refused', placedAt: old })
  const others = (['done', 'waiting', 'undone', 'running'] as const).map((state) =>
    anOrder({ state, request: { kind: 'ban-content' } }),
  )
  const told = worthTelling([pending, unknown, failed, failedLongAgo, ...others], NOW)
  expect(told).toEqual([pending, unknown, failed])
  expect(told.map(isOpen)).toEqual([true, true, false])
})

test('leaves top-ups to the screen on which they can be gone on with', () => {
  const request = { kind: 'top-up', amountKopecks: 30_000 } as const
  expect(
    worthTelling([anOrder({ request, state: 'pending' }), anOrder({ request, state: 'refused' })], NOW),
  ).toEqual([])
})

test('says no more of a failure once the same was done after it', () => {
  const failed = anOrder({ state: 'refused', placedAt: '2026-11-26T10:00:00.000Z' })
  expect(worthTelling([anOrder({}), failed], NOW)).toEqual([])
  const other = anOrder({ request: { kind: 'connect-option', code: 'other' } })
  expect(worthTelling([other, failed], NOW)).toEqual([failed])
  const before = anOrder({ placedAt: '2026-11-26T09:00:00.000Z' })
  expect(worthTelling([failed, before], NOW)).toEqual([failed])
})
