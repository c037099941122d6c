import type { TrafficType } from '../../../../contracts/amounts.ts'
import {
  MARKET_UNIT,
  type MarketObstacle,
  type MarketRules,
  type Sellable,
} from '../../../../contracts/market.ts'
import type { PartyIdentity } from '../../edge/index.ts'
import { addDays, heldOf, type LineState, packageOf } from '../../lines/index.ts'
import { obstacle } from '../refuse.ts'
import type { TraderRow } from '../store/traders.ts'

/** Whose package it is. */
export interface Seller {
  readonly line: LineState
  readonly kind: PartyIdentity['kind']
  /** undefined = they never came to the Market before. */
  readonly trader: Pick<TraderRow, 'frozenAt'> | undefined
}

/** Why somebody may sell nothing at all. */
function ofSeller({ line, kind, trader }: Seller, rules: MarketRules, now: Date): MarketObstacle[] {
  const until = addDays(line.openedAt, line.timeZone, rules.quarantineDays)
  return [
    ...(rules.open ? [] : [obstacle('closed')]),
    ...(kind === 'company' ? [obstacle('company')] : []),
    ...(trader?.frozenAt ? [obstacle('frozen')] : []),
    ...(line.state === 'active'
      ? []
      : [obstacle(line.period.paid ? 'line-state' : 'fee-unpaid', { state: line.state })]),
    ...(until > now ? [obstacle('quarantine', { until: until.toISOString() })] : []),
  ]
}

const OTHER_SOURCES = ['carried-over', 'bought', 'gift', 'option'] as const

/** Packages that are no part of what may be sold, by where they came from. */
function ofOtherPackages({ buckets }: LineState, type: TrafficType): MarketObstacle[] {
  const unit = MARKET_UNIT[type]
  const of = buckets.filter((bucket) => bucket.type === type && !bucket.ended)
  const kept = OTHER_SOURCES.flatMap((source) => {
    const left = of.reduce(
      (sum, one) => sum + (one.source === source && one.total !== null ? one.left : 0),
      0,
    )
    return left < unit ? [] : [obstacle(source, undefined, Math.floor(left / unit))]
  })
  return of.some(({ total }) => total === null) ? [...kept, obstacle('unlimited', undefined, 0)] : kept
}

/** How much of a line's volume of a type may be listed now, and why not all of what is left: only the package of the period under way is sold. */
export function judgeSellable(seller: Seller, type: TrafficType, rules: MarketRules, now: Date): Sellable {
  const { line } = seller
  const unit = MARKET_UNIT[type]
  const whole = Math.floor((packageOf({ line }, type)?.left ?? 0) / unit)
  const { minUnits, maxUnits, minUnitKopecks, maxUnitKopecks } = rules.types[type]
  const ofAll = ofSeller(seller, rules, now)
  const onSaleUnits = Math.floor(heldOf({ line }, type) / unit)
  const left = line.buckets.reduce(
    (sum, one) => sum + (one.type === type && !one.ended && one.total !== null ? one.left : 0),
    0,
  )
  const ofVolume = [
    ...ofOtherPackages(line, type),
    ...(onSaleUnits > 0 ? [obstacle('on-sale', undefined, onSaleUnits)] : []),
    ...(packageOf({ line }, type) ? [] : [obstacle('no-package')]),
    ...(whole > 0 && whole < minUnits ? [obstacle('units', { min: minUnits }, whole)] : []),
  ]
  return {
    type,
    units: ofAll.length > 0 || whole < minUnits ? 0 : whole,
    leftUnits: Math.floor(left / unit),
    onSaleUnits,
    obstacles: [...ofAll, ...ofVolume],
    minUnits,
    maxUnits,
    minUnitKopecks,
    maxUnitKopecks,
  }
}

/** What is in the way of a size and price, whoever asks for it. */
export function judgeTerms(
  {
    type,
    units,
    priceKopecks,
  }: { readonly type: TrafficType; readonly units: number; readonly priceKopecks: number },
  rules: MarketRules,
): MarketObstacle[] {
  const { minUnits, maxUnits, minUnitKopecks, maxUnitKopecks } = rules.types[type]
  const [min, max] = [units * minUnitKopecks, units * maxUnitKopecks]
  return [
    ...(units < minUnits || units > maxUnits ? [obstacle('units', { min: minUnits, max: maxUnits })] : []),
    ...(priceKopecks < min || priceKopecks > max ? [obstacle('price', { min, max })] : []),
  ]
}

/** What keeps a seller from putting up this lot, beside limits of a day: all of it. */
export function judgeListing(
  seller: Seller,
  lot: { readonly type: TrafficType; readonly units: number; readonly priceKopecks: number },
  rules: MarketRules,
  now: Date,
): MarketObstacle[] {
  const ofAll = ofSeller(seller, rules, now)
  const whole = Math.floor((packageOf(seller, lot.type)?.left ?? 0) / MARKET_UNIT[lot.type])
  return [
    ...ofAll,
    ...judgeTerms(lot, rules),
    ...(lot.units > whole ? [obstacle('not-enough', { units: whole })] : []),
  ]
}
