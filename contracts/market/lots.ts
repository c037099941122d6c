import { z } from 'zod'
import { Kopecks, TrafficType } from '../amounts.ts'
import { Id, Instant } from '../primitives.ts'
import { Units } from './units.ts'

export const Mood = z
  .enum(['devil', 'cool', 'cat', 'zipped', 'scream', 'rich', 'tongue', 'bomb'])
  .meta({ id: 'MarketMood' })
export type Mood = z.infer<typeof Mood>

/** At most three, each once. */
export const Moods = z
  .array(Mood)
  .max(3)
  .refine((moods) => new Set(moods).size === moods.length, 'the same mood again')

/**
 * active → sold | withdrawn (by its seller) | expired (its days are over) | returned (the package it came from is over, the line was blocked
 * or ended, or the operator took it back). Everything but `active` is final; what was not sold is the seller’s again.
 */
export const LotState = z
  .enum(['active', 'sold', 'withdrawn', 'expired', 'returned'])
  .meta({ id: 'LotState' })
export type LotState = z.infer<typeof LotState>

/** Why a lot was returned. */
export const LotReturn = z
  .enum(['period-end', 'tariff-change', 'line-blocked', 'line-ended', 'holder-changed', 'operator'])
  .meta({ id: 'LotReturn' })
export type LotReturn = z.infer<typeof LotReturn>

/** A lot as everybody sees it. */
export const MarketLot = z
  .object({
    id: Id,
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    version: z
      .number()
      .int()
      .describe('grows with every change of the price: say with the purchase which one was seen'),
    sellerName: z.string().nullable().describe('null = hidden. Plain text that a person typed'),
    moods: z.array(Mood),
    house: z.boolean().describe('sold by the operator itself'),
    raised: z.boolean(),
    listedAt: Instant,
  })
  .meta({ id: 'MarketLot' })
export type MarketLot = z.infer<typeof MarketLot>

/** A lot as its seller sees it. */
export const MyLot = MarketLot.extend({
  lineId: Id,
  state: LotState,
  returned: LotReturn.nullable(),
  frozen: z.boolean().describe('not shown and not sold until the operator has looked'),
  endsAt: Instant.describe('it comes back then at the latest'),
  raisedUntil: Instant.nullable(),
  closedAt: Instant.nullable(),
  dealId: Id.nullable(),
  feeKopecks: Kopecks.describe('what the operator keeps of the price'),
}).meta({ id: 'MyLot' })
export type MyLot = z.infer<typeof MyLot>
