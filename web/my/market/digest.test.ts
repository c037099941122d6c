import { expect, test } from 'vitest'
import type { DealReceipt } from '../../../contracts/market.ts'
import { byDay } from './digest.ts'

const deal = (number: number, at: string, side: DealReceipt['side'] = 'sold'): DealReceipt => ({
  id: `00000000-0000-7000-8000-00000000000${number}`,
  number,
  side,
  lineId: '00000000-0000-7000-8000-000000000100',
  lotId: '00000000-0000-7000-8000-000000000200',
  type: 'data',
  units: 2,
  priceKopecks: 5_000,
  feeKopecks: side === 'sold' ? 250 : 0,
  otherName: null,
  at,
  usableUntil: null,
  reversed: null,
})

test('sales of a day are told together: how many, and what came of them after the fee', () => {
  const days = byDay(
    [deal(3, '2026-11-24T10:00:00Z'), deal(2, '2026-11-24T09:00:00Z'), deal(1, '2026-11-23T09:00:00Z')],
    (at) => at.slice(0, 10),
  )
  expect(days.map(({ day, deals, kopecks }) => [day, deals.map(({ number }) => number), kopecks])).toEqual([
    ['2026-11-24', [3, 2], 9_500],
    ['2026-11-23', [1], 4_750],
  ])
})

test('what was bought went from the balance', () => {
  expect(byDay([deal(1, '2026-11-24T10:00:00Z', 'bought')], () => 'today')[0]?.kopecks).toBe(-5_000)
})
