import { z } from 'zod'
import { MySection } from './my.ts'
import type { Contract } from './route.ts'

/** A day of the calendar. */
export const Day = z.iso.date()

const Shares = z.record(MySection, z.number().min(0).max(1))

/** How many subscribers opened the app and which share of them opened each section; `docs/measures.md` defines it. */
export const VisitsMeasure = z
  .object({
    version: z.number().int().describe('of the definition'),
    from: Day,
    to: Day,
    activeDays: z.number().int().describe('subscribers and days on which they opened the app'),
    shares: Shares.describe('of these, with each section opened'),
    days: z.array(
      z.object({
        day: Day,
        active: z.number().int(),
        sections: z.record(MySection, z.number().int()),
        closed: z.boolean().describe('the day is over everywhere: it changes no more'),
      }),
    ),
  })
  .meta({ id: 'VisitsMeasure' })
export type VisitsMeasure = z.infer<typeof VisitsMeasure>

export const measures = {
  readVisits: {
    method: 'GET',
    path: '/api/v1/measures/visits',
    summary: 'Daily active subscribers of My and the share of them who opened each section; at most 366 days',
    access: ['supervisor', 'admin', 'service:read'],
    idempotency: 'safe',
    query: z.object({ from: Day, to: Day }),
    response: VisitsMeasure,
  },
} as const satisfies Contract
