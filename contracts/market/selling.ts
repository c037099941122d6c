import { z } from 'zod'
import { Kopecks, TrafficType } from '../amounts.ts'
import { Units } from './units.ts'

/** Why something cannot be sold or bought, or only a part of it. */
export const MarketReason = z
  .enum([
    'carried-over', // moved on from the last period
    'bought', // bought volume is for use
    'gift',
    'option', // a package of an option
    'unlimited',
    'on-sale', // is on the Market already
    'no-package', // the tariff has none of it
    'fee-unpaid', // the period waits for money
    'line-state', // blocked, suspended or ended
    'part-of-unit', // less than a whole unit
    'most-units', // more than one lot may hold
    'quarantine', // the number is too new: `until`
    'company', // the Market is for people
    'closed', // the operator has closed the Market
    'frozen', // the operator looks at this seller or lot
    'units', // too few or too many in a lot: `min`, `max`
    'price', // too cheap or too dear: `min`, `max`
    'not-enough', // more than is sellable: `units`
    'lots', // as many lots at a time as allowed: `max`
    'listings-today', // `max`
    'deals-today', // `max`
    'spent-today', // `maxKopecks`
    'pair', // these two have dealt with each other enough today
    'own-lot',
    'balance', // `lackingKopecks`
    'lot-gone', // sold, withdrawn or over
    'lot-changed', // `current` says how it stands now
    'raises', // all slots of this size are taken: `freeAt`
    'raised', // it is raised already
    'total', // the lots cost another sum than what was agreed to
  ])
  .meta({ id: 'MarketReason' })
export type MarketReason = z.infer<typeof MarketReason>

export const MarketObstacle = z
  .object({
    reason: MarketReason,
    units: z.number().int().nullable().describe('how much it keeps from being sold; null = all'),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'MarketObstacle' })
export type MarketObstacle = z.infer<typeof MarketObstacle>

/** "You can sell 12 of 30 GB, because …" */
export const Sellable = z
  .object({
    type: TrafficType,
    units: z.number().int().describe('whole units that can be listed now, over one or several lots'),
    leftUnits: z
      .number()
      .int()
      .describe('whole units left in all packages of this type; what has no limit is not counted'),
    onSaleUnits: z.number().int(),
    obstacles: z.array(MarketObstacle).describe('why it is not all'),
    minUnits: Units,
    maxUnits: Units.describe('of one lot'),
    minUnitKopecks: Kopecks,
    maxUnitKopecks: Kopecks,
  })
  .meta({ id: 'Sellable' })
export type Sellable = z.infer<typeof Sellable>

/** What to expect of a lot of this size at this price, from what was sold and listed lately. */
export const MarketAdvice = z
  .object({
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    netKopecks: Kopecks.describe('what comes to the balance'),
    ahead: z.number().int().describe('lots of this size that are sold before it'),
    soldPerDay: z.number().describe('of this size, over the last week'),
    undercutPerDay: z
      .number()
      .describe('lots of this size that were listed below this price, over the last week'),
    expectedMs: z
      .number()
      .int()
      .nullable()
      .describe('null = not to be expected: less is sold than comes in below this price, or nothing is'),
    chance: z.enum(['likely', 'uncertain', 'unlikely']).describe('that it is sold before it comes back'),
    basedOn: z.number().int().describe('deals that this rests on'),
    cheapestKopecks: Kopecks.nullable(),
    sooner: z
      .object({
        priceKopecks: Kopecks,
        netKopecks: Kopecks,
        ahead: z.number().int(),
        expectedMs: z.number().int().nullable(),
      })
      .nullable()
      .describe('the price at which it would stand first, if that is allowed'),
  })
  .meta({ id: 'MarketAdvice' })
export type MarketAdvice = z.infer<typeof MarketAdvice>
