import { z } from 'zod'
import { Kopecks, PositiveKopecks } from '../amounts.ts'
import { Id, Instant } from '../primitives.ts'
import { Units } from './units.ts'

const TypeRules = z.object({
  minUnits: Units,
  maxUnits: Units,
  minUnitKopecks: z.number().int().min(1).max(1_000_000),
  maxUnitKopecks: z.number().int().min(1).max(1_000_000),
})

/** The operator’s figures. */
export const MarketRules = z
  .object({
    open: z.boolean(),
    types: z.object({ data: TypeRules, voice: TypeRules, sms: TypeRules }),
    feeBasisPoints: z
      .number()
      .int()
      .min(0)
      .max(5_000)
      .describe('of the price, kept of what the seller gets; 500 = 5 %'),
    lotDays: z.number().int().min(1).max(90),
    boughtDays: z.number().int().min(1).max(90).describe('how long what was bought can be used'),
    raise: z.object({
      kopecks: Kopecks.min(0),
      slots: z.number().int().min(0).max(10).describe('shown above a size at a time'),
      mostPerTier: z.number().int().min(0).max(200).describe('sold at a time: they take turns in the slots'),
      turnSeconds: z.number().int().min(5).max(3_600),
      hours: z.number().int().min(1).max(168),
    }),
    limits: z.object({
      activeLots: z.number().int().min(1).max(1_000).describe('of a person, over all their numbers'),
      listingsPerDay: z.number().int().min(1).max(10_000),
      dealsPerDay: z.number().int().min(1).max(10_000),
      spentPerDayKopecks: PositiveKopecks,
      pairDealsPerDay: z.number().int().min(1).max(10_000).describe('between the same two people'),
      pairKopecksPerDay: PositiveKopecks,
    }),
    quarantineDays: z.number().int().min(0).max(365).describe('a newer number sells nothing'),
    pace: z
      .object({
        burst: z.number().int().min(1).max(10_000).describe('acts that nobody is slowed for'),
        perMinute: z.number().int().min(1).max(10_000).describe('and as many a minute after those'),
        steadyActs: z
          .number()
          .int()
          .min(3)
          .max(10_000)
          .default(6)
          .describe(
            'after so many acts at one distance from each other, as by a machine, each counts as several',
          ),
      })
      .describe('who acts like a machine is slowed, not banned'),
    freshCodeFromKopecks: PositiveKopecks.describe('a purchase of so much needs a fresh code'),
    reversalDays: z.number().int().min(0).max(60).describe('so long after it a deal can be taken back'),
    digestMinutes: z.number().int().min(1).max(1_440).describe('a seller hears of sales at most so often'),
    housePartyIds: z.array(Id).max(100).describe('whose lots are marked as the operator’s own'),
  })
  .refine(
    ({ types }) =>
      Object.values(types).every(
        (one) => one.minUnits <= one.maxUnits && one.minUnitKopecks <= one.maxUnitKopecks,
      ),
    'the least must not be more than the most',
  )
  .meta({ id: 'MarketRules' })
export type MarketRules = z.infer<typeof MarketRules>

/** Figures with when and by whom they were published. */
export const MarketRulesVersion = z
  .object({
    version: z.number().int().describe('0 = as installed'),
    rules: MarketRules,
    publishedAt: Instant.nullable(),
    publishedBy: z.string().nullable(),
  })
  .meta({ id: 'MarketRulesVersion' })
export type MarketRulesVersion = z.infer<typeof MarketRulesVersion>
