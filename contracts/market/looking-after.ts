import { z } from 'zod'
import { Kopecks, TrafficType } from '../amounts.ts'
import { Order } from '../orders.ts'
import { Id, Instant } from '../primitives.ts'
import { DealReceipt } from './deals.ts'
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
    sellerMsisdn: z.string().describe('masked'),
    buyerMsisdn: z.string().describe('masked'),
    at: Instant,
    usableUntil: Instant,
    reversed: z.object({ at: Instant, kopecks: Kopecks }).nullable(),
    reversibleUntil: Instant,
    waits: z.boolean().describe('it is asked to be taken back, and a second pair of eyes has not looked yet'),
  })
  .meta({ id: 'ConsoleDeal' })
export type ConsoleDeal = z.infer<typeof ConsoleDeal>

/** A deal of a line for whoever serves its people, with whether it can be taken back there. */
export const DealAtDesk = DealReceipt.extend({
  reversal: z
    .object({
      maxKopecks: Kopecks.describe('the price of what the buyer has not used'),
      unusedUnits: z.number().describe('what of it is left; may be a fraction'),
      until: Instant,
      obstacle: z
        .enum(['already', 'too-late', 'line-state', 'unknown-deal', 'used-up'])
        .nullable()
        .describe('why it cannot be taken back'),
    })
    .describe('the same on the line of either side'),
  order: Order.nullable().describe('the latest that asked to take it back'),
}).meta({ id: 'DealAtDesk' })
export type DealAtDesk = z.infer<typeof DealAtDesk>

/** Two people who deal with each other more than strangers do. */
const SuspiciousPair = z
  .object({
    sellerId: Id,
    sellerName: z.string().nullable().describe('null = their data was destroyed'),
    buyerId: Id,
    buyerName: z.string().nullable(),
    deals: z.number().int(),
    kopecks: Kopecks,
    bothWays: z.boolean(),
    aboveAverage: z.number().describe('what was paid a unit, as a multiple of what others paid for the type'),
  })
  .meta({ id: 'SuspiciousPair' })

/** Acts in a row at one distance from each other: nobody is so exact by hand. */
const Rhythm = z.object({
  acts: z.number().int(),
  everyMs: z.number().int(),
  weight: z.number().int().describe('as so many acts the next one counts towards being slowed'),
})

export const Trader = z
  .object({
    id: Id.describe('of the party'),
    name: z.string(),
    numbers: z
      .array(z.object({ lineId: Id, msisdn: z.string().describe('masked') }))
      .describe('of their own'),
    activeLots: z.number().int(),
    listedToday: z.number().int(),
    boughtToday: z.number().int(),
    spentTodayKopecks: Kopecks,
    slowedUntil: Instant.nullable(),
    rhythm: Rhythm.nullable().describe(
      'why they are slowed sooner than others; null = their acts come as people’s do',
    ),
    frozen: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Trader' })
export type Trader = z.infer<typeof Trader>

/** Somebody whom the Market slowed, or the operator froze. */
const WatchedTrader = z
  .object({
    id: Id.describe('of the party'),
    name: z.string().nullable().describe('null = their data was destroyed'),
    slowedUntil: Instant.nullable(),
    frozen: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'WatchedTrader' })

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
    hours: z
      .array(z.object({ at: Instant, deals: z.number().int(), kopecks: Kopecks }))
      .describe('of the last 24, oldest first; hours in which nothing was sold as well'),
    frozenLots: z.number().int(),
    frozenSellers: z.number().int(),
    slowed: z.number().int(),
    watched: z
      .array(WatchedTrader)
      .describe('the latest frozen, then who is slowed longest; at most 50 of each'),
    pairs: z.array(SuspiciousPair).describe('of the last week, the most striking first, at most 50'),
  })
  .meta({ id: 'MarketOverview' })
export type MarketOverview = z.infer<typeof MarketOverview>
