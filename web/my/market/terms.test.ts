import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sellable } from '../../../contracts/market.ts'
import { kopecksOf } from '../finance/amount-field.tsx'
import { feeOf, roubles, startOf, termsFit } from './terms.ts'

const GIGABYTES: Sellable = {
  type: 'data',
  units: 12,
  leftUnits: 30,
  onSaleUnits: 0,
  obstacles: [],
  minUnits: 1,
  maxUnits: 120,
  minUnitKopecks: 1_500,
  maxUnitKopecks: 5_000,
}

describe('a new lot', () => {
  test('begins with a handful, with less where there is less', () => {
    expect(startOf(GIGABYTES)).toBe(5)
    expect(startOf({ ...GIGABYTES, units: 3 })).toBe(3)
  })
  test('holds no more than there is, and costs what a unit may cost, bounds included', () => {
    expect(termsFit(GIGABYTES, 12, 18_000)).toMatchObject({ units: true, price: true })
    expect(termsFit(GIGABYTES, 13, 20_000)).toMatchObject({ units: false, maxUnits: 12 })
    expect(termsFit(GIGABYTES, 2, 2_999)).toMatchObject({ price: false, minKopecks: 3_000 })
    expect(termsFit(GIGABYTES, 2, 10_001)).toMatchObject({ price: false, maxKopecks: 10_000 })
    expect(termsFit(GIGABYTES, 0, 0).units).toBe(false)
  })
  test('leaves half a kopeck of the fee to the seller', () => {
    expect([feeOf(10_000, 500), feeOf(1_510, 500), feeOf(1_500, 0)]).toEqual([500, 75, 0])
  })
  test('a price that was proposed is read as the same price', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (kopecks) => {
        expect(kopecksOf(roubles(kopecks))).toBe(kopecks)
      }),
    ))
})
