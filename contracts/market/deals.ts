import { z } from 'zod'
import { Kopecks, TrafficType } from '../amounts.ts'
import { Id, Instant } from '../primitives.ts'
import { LotReturn, MarketLot } from './lots.ts'
import { MarketObstacle } from './selling.ts'
import { Units } from './units.ts'

/** The cheapest lots that come to so many units, no more; to be bought at once or not at all. */
export const MarketQuote = z
  .object({
    type: TrafficType,
    askedUnits: Units,
    units: z
      .number()
      .int()
      .describe('what was found; less than asked for if there is no more below the ceiling'),
    totalKopecks: Kopecks,
    lots: z.array(MarketLot),
    balanceAfterKopecks: Kopecks,
    obstacles: z.array(MarketObstacle).describe('why they cannot be bought now'),
    needs: z.enum(['nothing', 'fresh-code']),
    expiresAt: Instant.describe('until when what is bought now can be used'),
  })
  .meta({ id: 'MarketQuote' })
export type MarketQuote = z.infer<typeof MarketQuote>

/** A receipt: what one side of a deal gave and got. */
export const DealReceipt = z
  .object({
    id: Id,
    number: z.number().int(),
    side: z.enum(['bought', 'sold']),
    lineId: Id,
    lotId: Id,
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    feeKopecks: Kopecks.describe('kept of the price by the operator; 0 for the buyer'),
    otherName: z.string().nullable().describe('of the seller, if they show it'),
    at: Instant,
    usableUntil: Instant.nullable().describe('for the buyer'),
    reversed: z.object({ at: Instant, kopecks: Kopecks }).nullable(),
  })
  .meta({ id: 'DealReceipt' })
export type DealReceipt = z.infer<typeof DealReceipt>

export const Purchase = z
  .object({ id: Id, totalKopecks: Kopecks, deals: z.array(DealReceipt) })
  .meta({ id: 'Purchase' })
export type Purchase = z.infer<typeof Purchase>

/** What a line's timeline tells of the Market: what was bought, a seller's sales since it was told last, what came back. */
export const MarketOnTimeline = z
  .object({
    event: z.enum(['bought', 'sold', 'returned', 'reversed']),
    items: z.array(z.object({ type: TrafficType, units: z.number().int(), lots: z.number().int() })),
    kopecks: Kopecks.describe('how the balance moved: negative = paid'),
    dealIds: z.array(Id).max(20).describe('the newest'),
    why: z
      .union([LotReturn, z.literal('expired')])
      .nullable()
      .describe('of what came back'),
  })
  .meta({ id: 'MarketOnTimeline' })
export type MarketOnTimeline = z.infer<typeof MarketOnTimeline>
