import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestTo, type PricePoint, plotPrices, summarise } from './price-plot.ts'

const point = (at: string, average: number, more: Partial<PricePoint> = {}): PricePoint => ({
  at,
  deals: 1,
  units: 1,
  lowUnitKopecks: average,
  averageUnitKopecks: average,
  highUnitKopecks: average,
  ...more,
})

describe('the chart of prices', () => {
  test('runs from left to right in time, the dearer the higher', () => {
    const { dots } = plotPrices([
      point('2026-11-20T00:00:00.000Z', 2_000),
      point('2026-11-21T00:00:00.000Z', 1_500),
      point('2026-11-24T00:00:00.000Z', 3_000),
    ])
    expect(dots.map(({ x }) => x)).toEqual([6, 83, 314])
    expect(dots[2]!.y).toBeLessThan(dots[0]!.y)
    expect(dots[0]!.y).toBeLessThan(dots[1]!.y)
  })

  test('draws lines across at round prices that hold everything between them', () => {
    const { levels } = plotPrices([
      point('2026-11-20T00:00:00.000Z', 2_050, { lowUnitKopecks: 1_510, highUnitKopecks: 2_960 }),
    ])
    expect(levels.map(({ kopecks }) => kopecks)).toEqual([3_000, 2_500, 2_000, 1_500])
  })

  test('whatever was paid, nothing stands outside of the paper and there are two to six levels', () => {
    const price = fc.double({ min: 1, max: 1_000_000, noNaN: true })
    const points = fc.array(fc.tuple(fc.nat(90), price, price, price), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(points, (all) => {
        const days = [...new Map(all.map((one) => [one[0], one])).values()].sort((a, b) => a[0] - b[0])
        const plot = plotPrices(
          days.map(([day, ...prices]) => {
            const [low = 1, average = 1, high = 1] = prices.sort((a, b) => a - b)
            const at = new Date(Date.UTC(2026, 8, 1 + day)).toISOString()
            return point(at, average, { lowUnitKopecks: low, highUnitKopecks: high })
          }),
        )
        for (const { x, y } of plot.dots) {
          expect(x >= 0 && x <= plot.width).toBe(true)
          expect(y >= 0 && y <= plot.height).toBe(true)
        }
        expect(plot.levels.length).toBeGreaterThanOrEqual(2)
        expect(plot.levels.length).toBeLessThanOrEqual(6)
        expect(`${plot.band}${plot.line}`).not.toContain('NaN')
      }),
    )
  })

  test('the nearest point is the one that is told of', () => {
    const plot = plotPrices([
      point('2026-11-20T00:00:00.000Z', 2_000),
      point('2026-11-24T00:00:00.000Z', 3_000),
    ])
    expect(nearestTo(plot, 40)?.point.averageUnitKopecks).toBe(2_000)
    expect(nearestTo(plot, 300)?.point.averageUnitKopecks).toBe(3_000)
    expect(nearestTo(plotPrices([]), 300)).toBeUndefined()
  })
})

describe('what is said of the prices', () => {
  test('the average weighs what was sold', () => {
    expect(
      summarise([
        point('2026-11-20T00:00:00.000Z', 1_000, { units: 9, deals: 3, lowUnitKopecks: 900 }),
        point('2026-11-21T00:00:00.000Z', 2_000, { units: 1, highUnitKopecks: 2_100 }),
      ]),
    ).toEqual({ deals: 4, lowKopecks: 900, highKopecks: 2_100, averageKopecks: 1_100, lastPercent: 82 })
  })

  test('nothing is said of nothing, and one point is compared with nothing', () => {
    expect(summarise([])).toBeUndefined()
    expect(summarise([point('2026-11-20T00:00:00.000Z', 1_000)])?.lastPercent).toBeNull()
  })
})
