import { z } from 'zod'
import { Msisdn, TrafficType, Volume } from './amounts.ts'
import { Instant, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** A call, a message or some data, as a mediation system reports it. */
export const UsageReport = z
  .object({
    name: text(200).min(1).describe('of the record, for ever its own: it is taken once'),
    msisdn: Msisdn.describe('whose usage it is'),
    type: TrafficType,
    direction: z.enum(['out', 'in']).default('out'),
    amount: Volume.min(1).describe('bytes, seconds or pieces'),
    at: Instant.describe('when it began'),
    roaming: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .default(null)
      .describe('ISO 3166-1 alpha-2 of the country; null = at home'),
    other: text(40).min(1).nullable().default(null).describe('the other number, if there is one'),
  })
  .meta({ id: 'UsageReport' })
export type UsageReport = z.infer<typeof UsageReport>

/** Why a record was not taken. It may be sent again under its name when the reason is gone. */
export const UsageRefusal = z
  .enum([
    'malformed', // it does not fit its schema
    'unknown-line', // nobody had the number then
    'in-future', // later than now by more than clocks differ
    'too-late', // older than records are taken
  ])
  .meta({ id: 'UsageRefusal' })
export type UsageRefusal = z.infer<typeof UsageRefusal>

/** Most records of a batch. */
export const MOST_REPORTED = 1_000

export const UsageReported = z
  .object({
    accepted: z.number().int().describe('new, and stored when this is answered'),
    repeated: z.number().int().describe('of a name that was taken before: nothing changed'),
    refused: z.array(
      z.object({
        place: z.number().int().describe('in the batch, from 0'),
        name: z.string().nullable(),
        reason: UsageRefusal,
      }),
    ),
  })
  .meta({ id: 'UsageReported' })
export type UsageReported = z.infer<typeof UsageReported>

export const usage = {
  reportUsage: {
    method: 'POST',
    path: '/api/v1/usage',
    summary:
      'What the network counted, in batches; a record is taken once by its name, whatever becomes of the others',
    access: ['service:usage'],
    idempotency: 'natural',
    // One record that does not fit is refused by itself: the others are taken.
    body: z.object({
      records: z
        .array(z.union([UsageReport, z.unknown()]))
        .min(1)
        .max(MOST_REPORTED),
    }),
    response: UsageReported,
    errors: ['database_unavailable'],
  },
} as const satisfies Contract
