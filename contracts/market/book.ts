import { z } from 'zod'
import { Kopecks, TrafficType } from '../amounts.ts'
import { Cursor, Instant } from '../primitives.ts'
import { MarketLot } from './lots.ts'
import { Units } from './units.ts'

/** All lots of one size: the cheapest, and how many. */
export const MarketTier = z
  .object({
    units: Units,
    lots: z.number().int(),
    cheapestKopecks: Kopecks,
    averageKopecks: Kopecks,
  })
  .meta({ id: 'MarketTier' })
export type MarketTier = z.infer<typeof MarketTier>

/**
 * A page of the book: the best unit price first, then who was first to list. `raised` stand above it in few slots that rotate; they are in
 * their place below as well.
 */
export const MarketBook = z
  .object({
    type: TrafficType,
    units: Units.nullable().describe('null = lots of any size'),
    raised: z.array(MarketLot),
    lots: z.array(MarketLot),
    levels: z
      .array(z.object({ priceKopecks: Kopecks, lots: z.number().int() }))
      .describe('of this size: how many lots at each of the best prices'),
    next: Cursor.nullable(),
    asOf: Instant,
  })
  .meta({ id: 'MarketBook' })
export type MarketBook = z.infer<typeof MarketBook>

/** Prices of what was sold: one point a day of UTC, or an hour of the last two days. */
export const MarketHistory = z
  .object({
    type: TrafficType,
    units: Units.nullable(),
    points: z.array(
      z.object({
        at: Instant,
        deals: z.number().int(),
        units: z.number().int(),
        lowUnitKopecks: z.number(),
        averageUnitKopecks: z.number(),
        highUnitKopecks: z.number(),
      }),
    ),
  })
  .meta({ id: 'MarketHistory' })
export type MarketHistory = z.infer<typeof MarketHistory>
