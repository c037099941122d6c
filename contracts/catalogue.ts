import { z } from 'zod'
import { Kopecks, TrafficType, Volume } from './amounts.ts'
import { Id, Instant, text } from './primitives.ts'
import type { Contract } from './route.ts'

const Title = z.object({ ru: text(120).min(1), en: text(120).min(1) })
const Words = z.object({ ru: text(1000), en: text(1000) })

/** Stable across versions; what orders, tests and other systems call an offering. */
export const OfferingCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/)

/** Traffic that a fee pays for. `amount: null` = without limit. */
export const Package = z.object({ type: TrafficType, amount: Volume.nullable() })

/** How a fee comes back: once at connection, or at the start of every period. */
export const Charge = z.enum(['once', 'daily', 'weekly', 'monthly']).meta({ id: 'Charge' })
export type Charge = z.infer<typeof Charge>

const common = {
  code: OfferingCode,
  title: Title,
  summary: Words,
  /** Offered to new takers within this time; who has it keeps it. */
  validFrom: Instant.nullable(),
  validTo: Instant.nullable(),
  /** Not offered any more: who leaves it cannot come back. */
  archived: z.boolean(),
}

/** Kopecks for each started step of so many bytes, seconds or pieces. No rate of a type: it costs nothing, or ends there. */
export const Rates = z
  .array(z.object({ type: TrafficType, step: Volume.min(1), kopecks: Kopecks.min(0) }))
  .max(3)

/** ISO 3166-1 alpha-2. */
const Countries = z.array(z.string().regex(/^[A-Z]{2}$/)).max(250)

/** A plan: the fee of a period pays its packages; beyond them the rates apply. */
export const TariffTerms = z.object({
  kind: z.literal('tariff'),
  ...common,
  feeKopecks: Kopecks.min(0),
  /** `month`: by the calendar, from the day of connection (31 January → 28 or 29 February); `30-days`: every 30 days. */
  period: z.enum(['month', '30-days']),
  packages: z.array(Package).max(3),
  /** What is left is carried over into the next period, once. */
  carriesOver: z.boolean(),
  /** Beyond the packages: kopecks for each started step of so many bytes, seconds or pieces. No rate = it ends there. */
  rates: Rates,
  /** Regions where it is offered; empty = everywhere. */
  regions: z.array(text(60).min(1)).max(100),
})

export const OptionCategory = z
  .enum(['internet', 'calls', 'messages', 'roaming', 'security', 'comfort'])
  .meta({ id: 'OptionCategory' })

/** An add-on that is switched on and off. A roaming pack is one with countries and days. */
export const OptionTerms = z.object({
  kind: z.literal('option'),
  ...common,
  category: OptionCategory,
  connectionKopecks: Kopecks.min(0),
  feeKopecks: Kopecks.min(0),
  charge: Charge,
  packages: z.array(Package).max(3),
  /** Its packages live so many days from connection; null = as long as its period. */
  days: z.number().int().min(1).max(366).nullable(),
  /** All of these must be connected. */
  requires: z.array(OfferingCode).max(10),
  /** None of these may be connected. */
  excludes: z.array(OfferingCode).max(10),
  /** ISO 3166-1 alpha-2; only for roaming. */
  countries: Countries,
})

/** Countries with the same prices for what is used there beyond roaming packs, whatever the tariff. They hold for everybody from publishing on, within their validity. */
export const ZoneTerms = z.object({
  kind: z.literal('zone'),
  ...common,
  /** Empty = everywhere that no other zone names. */
  countries: Countries,
  rates: Rates,
})

/** Paid content of a third party. Connected only with a recorded consent; stopped in one tap. */
export const ContentTerms = z.object({
  kind: z.literal('content'),
  ...common,
  partner: z.object({ name: text(120).min(1), support: text(200).min(1), shortNumber: text(20) }),
  feeKopecks: Kopecks.min(0),
  charge: z.enum(['daily', 'weekly', 'monthly']),
})

/** Less to pay, with the reason that people are shown. */
export const DiscountTerms = z.object({
  kind: z.literal('discount'),
  ...common,
  why: Words,
  percent: z.number().int().min(1).max(100),
  /** Codes of tariffs and options whose fees it lowers. */
  appliesTo: z.array(OfferingCode).min(1).max(50),
  /** So many days from when it is given; null = without end. */
  days: z.number().int().min(1).max(3660).nullable(),
})

/** What the operator offers: one thing with all its conditions. */
export const OfferingTerms = z
  .discriminatedUnion('kind', [TariffTerms, OptionTerms, ContentTerms, DiscountTerms, ZoneTerms])
  .meta({ id: 'OfferingTerms' })
export type OfferingTerms = z.infer<typeof OfferingTerms>
export type TariffTerms = z.infer<typeof TariffTerms>
export type OptionTerms = z.infer<typeof OptionTerms>
export type ContentTerms = z.infer<typeof ContentTerms>
export type DiscountTerms = z.infer<typeof DiscountTerms>
export type ZoneTerms = z.infer<typeof ZoneTerms>

/** An offering as one version of the catalogue has it. Lines refer to this id: what was agreed stays agreed. */
export const Offering = z.object({ id: Id, terms: OfferingTerms }).meta({ id: 'Offering' })
export type Offering = z.infer<typeof Offering>

export const Catalogue = z
  .object({
    version: z.number().int(),
    publishedAt: Instant,
    publishedBy: z.string(),
    offerings: z.array(Offering),
  })
  .meta({ id: 'Catalogue' })
export type Catalogue = z.infer<typeof Catalogue>

/** Everything that can be wrong with a draft beyond its schema. */
export const CatalogueProblem = z
  .enum([
    'code-twice', // two offerings of the draft have the same code
    'kind-changed', // the code was another kind of thing in an earlier version
    'words-missing', // a text that people are shown is empty in this language
    'validity-reversed', // ends before it begins
    'given-twice', // the same package, rate, country, region or code again
    'nothing-in-package',
    'days-missing', // packages that are paid once must say how long they live
    'countries-missing', // a roaming pack works somewhere
    'countries-not-roaming',
    'unknown-code',
    'wrong-kind', // neither a tariff nor an option
    'itself',
    'circle', // requires something that requires it
    'cannot-be-connected', // what it requires, directly or not, excludes each other or itself
  ])
  .meta({ id: 'CatalogueProblem' })
export type CatalogueProblem = z.infer<typeof CatalogueProblem>

/** What publishing would change, or a publication changed. */
export const CatalogueDiff = z
  .object({
    basedOn: z.number().int(),
    added: z.array(OfferingTerms),
    changed: z.array(
      z.object({
        code: OfferingCode,
        /** Paths of the fields that differ, with their values before and after. */
        fields: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
        /** Lines that have the version before and keep it. */
        lines: z.number().int(),
      }),
    ),
    withdrawn: z.array(OfferingCode).describe('left out: archived, never deleted'),
    problems: z
      .array(
        z.object({
          code: OfferingCode,
          problem: CatalogueProblem,
          about: z.string().describe('path of the field, as in `fields`: `requires.0`'),
        }),
      )
      .describe('why it cannot be published: unknown codes, contradictions'),
  })
  .meta({ id: 'CatalogueDiff' })
export type CatalogueDiff = z.infer<typeof CatalogueDiff>

const Draft = z.object({ basedOn: z.number().int(), offerings: z.array(OfferingTerms).max(1000) })

export const catalogue = {
  getCatalogue: {
    method: 'GET',
    path: '/api/v1/catalogue',
    summary:
      'What the operator offers; staff and services see archived offerings too, subscribers what can be had now',
    access: ['subscriber', 'staff', 'service:read'],
    idempotency: 'safe',
    response: Catalogue,
  },
  listZones: {
    method: 'GET',
    path: '/api/v1/catalogue/zones',
    summary: 'What a minute, a message and a megabyte cost abroad now, by zone',
    access: ['subscriber', 'staff', 'service:read'],
    idempotency: 'safe',
    response: z.array(ZoneTerms),
  },
  previewCatalogue: {
    method: 'POST',
    path: '/api/v1/catalogue/preview',
    summary: 'What a draft would change, and why it cannot be published if so; stores nothing',
    access: ['designer', 'admin'],
    idempotency: 'natural',
    body: Draft,
    response: CatalogueDiff,
    errors: ['conflict'],
  },
  publishCatalogue: {
    method: 'PUT',
    path: '/api/v1/catalogue',
    summary: 'Publish a new version; who has an offering keeps its old conditions',
    access: ['designer', 'admin'],
    idempotency: 'natural',
    body: Draft,
    response: Catalogue,
    errors: ['conflict', 'invalid_request'],
  },
  listCatalogueVersions: {
    method: 'GET',
    path: '/api/v1/catalogue/versions',
    summary: 'Who published what and when, newest first (at most 100)',
    access: ['designer', 'admin', 'supervisor'],
    idempotency: 'safe',
    response: z.array(
      z.object({
        version: z.number().int(),
        publishedAt: Instant,
        publishedBy: z.string(),
        diff: CatalogueDiff,
      }),
    ),
  },
} as const satisfies Contract
