import type { MarketHistory } from '../../../../contracts/market.ts'

export type PricePoint = MarketHistory['points'][number]

/** Where things stand on the paper: `width` × `height`, from the upper left. */
export interface Plot {
  readonly width: number
  readonly height: number
  /** Averages from left to right, in time. */
  readonly dots: readonly { readonly x: number; readonly y: number; readonly point: PricePoint }[]
  /** From the dearest to the cheapest of each point: an SVG path. */
  readonly band: string
  readonly line: string
  /** Whole prices at which a line is drawn across, the dearest first. */
  readonly levels: readonly { readonly y: number; readonly kopecks: number }[]
}

const WIDTH = 320
const HEIGHT = 150
/** Room for the dots and the band's edge. */
const MARGIN = 6
/** Steps between levels that people count in, in kopecks, times a power of ten. */
const ROUND = [1, 2, 5]

/** Lays out what was paid for a unit. Prices stand between round levels; time runs from left to right. */
export function plotPrices(points: readonly PricePoint[]): Plot {
  const levels = levelsFor(
    Math.min(...points.map((point) => point.lowUnitKopecks)),
    Math.max(...points.map((point) => point.highUnitKopecks)),
  )
  const [top = 1] = levels
  const bottom = levels.at(-1) ?? 0
  const times = points.map(({ at }) => Date.parse(at))
  const from = Math.min(...times)
  const span = Math.max(...times) - from
  const xOf = (at: number) => (span === 0 ? WIDTH / 2 : MARGIN + ((at - from) / span) * (WIDTH - 2 * MARGIN))
  const yOf = (kopecks: number) =>
    MARGIN + ((top - kopecks) / Math.max(1e-9, top - bottom)) * (HEIGHT - 2 * MARGIN)
  const dots = points.map((point, index) => ({
    x: xOf(times[index] ?? from),
    y: yOf(point.averageUnitKopecks),
    point,
  }))
  const highs = dots.map(({ x, point }) => place(x, yOf(point.highUnitKopecks)))
  const lows = dots.map(({ x, point }) => place(x, yOf(point.lowUnitKopecks))).reverse()
  return {
    width: WIDTH,
    height: HEIGHT,
    dots,
    band: points.length < 2 ? '' : `M${[...highs, ...lows].join('L')}Z`,
    line: points.length < 2 ? '' : `M${dots.map(({ x, y }) => place(x, y)).join('L')}`,
    levels: levels.map((kopecks) => ({ kopecks, y: yOf(kopecks) })),
  }
}

const place = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`

/** Round prices from just above the dearest to just below the cheapest: two to five of them. */
function levelsFor(low: number, high: number): number[] {
  const step = stepFor(Math.max(high - low, high / 20, 1))
  const first = Math.max(0, Math.floor(low / step))
  const last = Math.max(first + 1, Math.ceil(high / step))
  return Array.from({ length: last - first + 1 }, (_, index) => (last - index) * step)
}

/** The smallest round step that needs at most three steps for a span. */
function stepFor(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / 3))
  const fitting = [...ROUND, 10].map((one) => one * power).find((step) => span / step <= 3)
  return Math.max(1, fitting ?? 10 * power)
}

/** The dot that is nearest to a place on the paper; undefined: there is none. */
export const nearestTo = ({ dots }: Plot, x: number): Plot['dots'][number] | undefined =>
  dots.reduce<Plot['dots'][number] | undefined>(
    (best, dot) => (best && Math.abs(best.x - x) <= Math.abs(dot.x - x) ? best : dot),
    undefined,
  )

/** What can be said of a stretch of time in a sentence. */
export interface PriceSummary {
  readonly deals: number
  readonly lowKopecks: number
  readonly highKopecks: number
  /** Over everything that was sold: a large lot weighs more than a small one. */
  readonly averageKopecks: number
  /** The last point beside the average of all, in per cent; null: there is nothing to compare. */
  readonly lastPercent: number | null
}

/** Sums up; undefined: nothing was sold. */
export function summarise(points: readonly PricePoint[]): PriceSummary | undefined {
  const last = points.at(-1)
  if (!last) return undefined
  const units = points.reduce((sum, point) => sum + point.units, 0)
  const paid = points.reduce((sum, point) => sum + point.averageUnitKopecks * point.units, 0)
  const average = paid / units
  return {
    deals: points.reduce((sum, { deals }) => sum + deals, 0),
    lowKopecks: Math.min(...points.map(({ lowUnitKopecks }) => lowUnitKopecks)),
    highKopecks: Math.max(...points.map(({ highUnitKopecks }) => highUnitKopecks)),
    averageKopecks: average,
    lastPercent: points.length < 2 ? null : Math.round((last.averageUnitKopecks / average - 1) * 100),
  }
}
