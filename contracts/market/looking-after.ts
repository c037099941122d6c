import { z } from 'zod'
import { Kopecks, TrafficType } from '../amounts.ts'
import { Id, Instant } from '../primitives.ts'
import { MyLot } from './lots.ts'
import { Units } from './units.ts'

/** A lot as the staff see it. */
export const ConsoleLot = MyLot.extend({
  sellerId: Id.describe('of the party'),
  msisdn: z.string().describe('masked'),
  frozenFor: z.string().nullable(),
}).meta({ id: 'ConsoleLot' })
export type ConsoleLot = z.infer<typeof ConsoleLot>

export const ConsoleDeal = z
  .object({
    id: Id,
    number: z.number().int(),
    lotId: Id,
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    feeKopecks: Kopecks,
    sellerLineId: Id,
    sellerId: Id,
    buyerLineId: Id,
    buyerId: Id,
    at: Instant,
    usableUntil: Instant,
    reversed: z.object({ at: Instant, kopecks: Kopecks }).nullable(),
    reversibleUntil: Instant,
  })
  .meta({ id: 'ConsoleDeal' })
export type ConsoleDeal = z.infer<typeof ConsoleDeal>

/** Two people who deal with each other more than strangers do. */
export const SuspiciousPair = z
  .object({
    sellerId: Id,
    buyerId: Id,
    deals: z.number().int(),
    kopecks: Kopecks,
    bothWays: z.boolean(),
    aboveAverage: z.number().describe('what was paid a unit, as a multiple of what others paid for the type'),
  })
  .meta({ id: 'SuspiciousPair' })

export const Trader = z
  .object({
    id: Id.describe('of the party'),
    name: z.string(),
    activeLots: z.number().int(),
    listedToday: z.number().int(),
    boughtToday: z.number().int(),
    spentTodayKopecks: Kopecks,
    slowedUntil: Instant.nullable(),
    frozen: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Trader' })
export type Trader = z.infer<typeof Trader>

export const MarketOverview = z
  .object({
    types: z.array(
      z.object({
        type: TrafficType,
        lots: z.number().int(),
        units: z.number().int(),
        dealsToday: z.number().int().describe('in the last 24 hours'),
        unitsToday: z.number().int(),
        kopecksToday: Kopecks,
        feesToday: Kopecks,
      }),
    ),
    frozenLots: z.number().int(),
    frozenSellers: z.number().int(),
    slowed: z.number().int(),
    pairs: z.array(SuspiciousPair).describe('of the last week, the most striking first, at most 50'),
  })
  .meta({ id: 'MarketOverview' })
export type MarketOverview = z.infer<typeof MarketOverview>
