import { z } from 'zod'
import { Kopecks, TrafficType, Volume } from './amounts.ts'
import { Charge, Offering } from './catalogue.ts'
import { ForwardingCondition } from './orders.ts'
import { Cursor, Done, Id, IdParam, Instant, Locale, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** owner: money, blocking, call details; user: balance, buckets, options; trusted: sees what the owner allows (balance). */
export const LineRole = z.enum(['owner', 'user', 'trusted']).meta({ id: 'LineRole' })
export type LineRole = z.infer<typeof LineRole>

/** active; suspended: outgoing stops for want of money; blocked: by the person (voluntary, lost) or the operator; ended. */
export const LineState = z.enum(['active', 'suspended', 'blocked', 'ended']).meta({ id: 'LineState' })
export type LineState = z.infer<typeof LineState>

/** Where what is left came from. Spent in this order: soonest expiry first, then gift, bought, option, carried-over, tariff. */
export const BucketSource = z
  .enum(['tariff', 'carried-over', 'bought', 'gift', 'option'])
  .meta({ id: 'BucketSource' })
export type BucketSource = z.infer<typeof BucketSource>

/** What is left of a package. `total: null` = without limit. */
export const Bucket = z
  .object({
    id: Id,
    type: TrafficType,
    source: BucketSource,
    title: z.object({ ru: z.string(), en: z.string() }).nullable(),
    left: Volume,
    total: Volume.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'Bucket' })
export type Bucket = z.infer<typeof Bucket>

/** What will be charged, when, for what; discounts already taken off. */
export const ComingCharge = z
  .object({
    at: Instant,
    kopecks: Kopecks,
    for: z.enum(['tariff', 'option', 'content', 'promised-payment']),
    code: z.string(),
    title: z.object({ ru: z.string(), en: z.string() }),
  })
  .meta({ id: 'ComingCharge' })

/** The line at a glance. `asOf`: how old this is; a remote billing may be slow. */
export const Line = z
  .object({
    id: Id,
    msisdn: z.string().describe('E.164 without the plus; masked for the staff until revealed'),
    role: LineRole.nullable().describe('of the caller; null for staff'),
    state: LineState,
    blockedFor: z.enum(['voluntary', 'lost', 'operator']).nullable(),
    region: z.string(),
    timeZone: z.string().describe('IANA; whose days and months it counts by'),
    tariff: Offering,
    nextTariff: Offering.nullable().describe('ordered for the end of the period'),
    balanceKopecks: Kopecks,
    heldKopecks: Kopecks.describe('reserved, not spendable'),
    buckets: z.array(Bucket),
    coming: z.array(ComingCharge).describe('the next 31 days, soonest first'),
    moneyEndsAt: Instant.nullable().describe(
      'the first coming charge that the balance does not cover; null = it covers all of them',
    ),
    promised: z.object({ kopecks: Kopecks, feeKopecks: Kopecks, dueAt: Instant }).nullable(),
    contentBanned: z.boolean(),
    asOf: Instant,
  })
  .meta({ id: 'Line' })
export type Line = z.infer<typeof Line>

export const LineRef = z.object({
  id: Id,
  msisdn: z.string().describe('E.164 without the plus; masked for the staff until revealed'),
  role: LineRole,
  state: LineState,
  title: z.string().nullable(),
})
export type LineRef = z.infer<typeof LineRef>

/** Something connected to a line: an option or a third party's subscription. */
export const Connected = z
  .object({
    id: Id,
    offering: Offering,
    since: Instant,
    nextChargeAt: Instant.nullable(),
    feeKopecks: Kopecks.describe('what the next charge will be, discounts taken off'),
    charge: Charge,
    consent: z
      .object({ at: Instant, through: z.string(), words: z.string() })
      .nullable()
      .describe('how a third party’s subscription was agreed to'),
    spentKopecks: Kopecks.describe('in the last 30 days'),
    ending: z.object({ orderId: Id, at: Instant }).nullable().describe('switched off; may still be undone'),
  })
  .meta({ id: 'Connected' })
export type Connected = z.infer<typeof Connected>

export const LineServices = z
  .object({
    options: z.array(Connected),
    content: z.array(Connected),
    contentBanned: z.boolean(),
    discounts: z.array(z.object({ id: Id, offering: Offering, until: Instant.nullable() })),
    available: z.array(Offering).describe('options that can be connected, or say why not when asked'),
    asOf: Instant,
  })
  .meta({ id: 'LineServices' })
export type LineServices = z.infer<typeof LineServices>

export const ChargeCategory = z
  .enum(['tariff', 'option', 'content', 'usage', 'roaming', 'transfer', 'fee', 'market', 'top-up', 'credit'])
  .meta({ id: 'ChargeCategory' })
export type ChargeCategory = z.infer<typeof ChargeCategory>

/** One movement of the line's money: negative = taken. */
export const ChargeItem = z
  .object({
    id: Id,
    at: Instant,
    category: ChargeCategory,
    kopecks: Kopecks,
    title: z.object({ ru: z.string(), en: z.string() }),
    code: z.string().nullable(),
  })
  .meta({ id: 'ChargeItem' })
export type ChargeItem = z.infer<typeof ChargeItem>

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

export const ChargeSummary = z
  .object({
    month: Month,
    spentKopecks: Kopecks,
    receivedKopecks: Kopecks,
    byCategory: z.array(z.object({ category: ChargeCategory, kopecks: Kopecks, count: z.number().int() })),
    byDay: z.array(z.object({ day: z.string(), kopecks: Kopecks })),
    asOf: Instant,
  })
  .meta({ id: 'ChargeSummary' })
export type ChargeSummary = z.infer<typeof ChargeSummary>

/** A call, a message or an hour of data. The other number is secret of communication: the owner's, after a fresh code. */
export const UsageRecord = z
  .object({
    id: Id,
    at: Instant,
    type: TrafficType,
    direction: z.enum(['out', 'in']),
    amount: Volume,
    kopecks: Kopecks.nullable().describe(
      'beyond the packages; null = not settled yet, at the end of the hour',
    ),
    roaming: z.string().nullable().describe('country'),
    other: z.string().nullable(),
  })
  .meta({ id: 'UsageRecord' })
export type UsageRecord = z.infer<typeof UsageRecord>

export const LineSettings = z
  .object({
    limits: z.object({ spendMonthKopecks: Kopecks.nullable(), roamingDayKopecks: Kopecks.nullable() }),
    spentThisMonthKopecks: Kopecks,
    forwarding: z.array(z.object({ condition: ForwardingCondition, toMsisdn: z.string() })),
    autoTopUp: z
      .object({ belowKopecks: Kopecks, amountKopecks: Kopecks, monthlyMaxKopecks: Kopecks })
      .nullable(),
    codeWordSet: z.boolean(),
    people: z.array(z.object({ id: Id, name: z.string(), role: LineRole, since: Instant })),
    offered: z
      .array(z.object({ orderId: Id, msisdn: z.string(), until: Instant }))
      .optional()
      .describe(
        'numbers whose people were asked to see the line and have not answered; absent: nobody is asked here',
      ),
    former: z
      .array(z.object({ id: Id, name: z.string(), until: Instant }))
      .optional()
      .describe(
        'whom its owner trusted with it once, for the staff alone; a name that was destroyed is not told',
      ),
    asOf: Instant,
  })
  .meta({ id: 'LineSettings' })
export type LineSettings = z.infer<typeof LineSettings>

/** What the last 3 full months would have cost on another tariff. */
export const TariffComparison = z
  .object({
    months: z.number().int().describe('full months of usage that it rests on'),
    tariffs: z.array(
      z.object({
        offering: Offering,
        current: z.boolean(),
        monthlyKopecks: Kopecks.describe('fee and what is beyond the packages, a month on average'),
        fits: z.array(z.object({ type: TrafficType, used: Volume, included: Volume.nullable() })),
      }),
    ),
  })
  .meta({ id: 'TariffComparison' })
export type TariffComparison = z.infer<typeof TariffComparison>

/** A file of some months of the line's calendar, at most a year: CSV of RFC 4180 in UTF-8, or PDF where there are not too many rows. */
export const ExportQuery = z.object({
  from: Month,
  to: Month.describe('inclusive'),
  format: z.enum(['csv', 'pdf']),
  locale: Locale.default('ru'),
})
export type ExportQuery = z.infer<typeof ExportQuery>

const SEES = ['subscriber', 'agent', 'supervisor', 'service:read'] as const

export const lines = {
  getLine: {
    method: 'GET',
    path: '/api/v1/lines/:id',
    summary: 'Balance, buckets, what will be charged: the line at a glance',
    access: SEES,
    idempotency: 'safe',
    params: IdParam,
    response: Line,
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  getLineServices: {
    method: 'GET',
    path: '/api/v1/lines/:id/services',
    summary: 'Options and paid subscriptions: connected and available',
    access: SEES,
    idempotency: 'safe',
    params: IdParam,
    response: LineServices,
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  getLineSettings: {
    method: 'GET',
    path: '/api/v1/lines/:id/settings',
    summary: 'Limits, forwarding, automatic top-up, people of the line',
    access: SEES,
    idempotency: 'safe',
    params: IdParam,
    response: LineSettings,
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  getChargeSummary: {
    method: 'GET',
    path: '/api/v1/lines/:id/charges/summary',
    summary: 'Where the money of a month went, by category and day',
    access: SEES,
    idempotency: 'safe',
    params: IdParam,
    query: z.object({ month: Month }),
    response: ChargeSummary,
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  listCharges: {
    method: 'GET',
    path: '/api/v1/lines/:id/charges',
    summary: 'Movements of money, newest first',
    access: SEES,
    idempotency: 'safe',
    params: IdParam,
    query: z.object({
      month: Month.optional(),
      category: ChargeCategory.optional(),
      after: Cursor.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    response: pageOf(ChargeItem),
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  listUsage: {
    method: 'GET',
    path: '/api/v1/lines/:id/usage',
    summary: 'Calls, messages, hours of data, newest first; the owner only, after a fresh code',
    access: ['subscriber'],
    idempotency: 'safe',
    params: IdParam,
    query: z.object({
      month: Month,
      day: z.coerce.number().int().min(1).max(31).optional().describe('of the month'),
      type: TrafficType.optional(),
      after: Cursor.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: pageOf(UsageRecord),
    errors: ['not_found', 'forbidden', 'fresh_code_required', 'unavailable'],
  },
  exportCharges: {
    method: 'GET',
    path: '/api/v1/lines/:id/charges/export',
    summary: 'Movements of money as a file, newest first; the owner only',
    access: ['subscriber'],
    idempotency: 'safe',
    params: IdParam,
    query: ExportQuery,
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found', 'forbidden', 'rate_limited', 'payload_too_large', 'unavailable'],
  },
  exportUsage: {
    method: 'GET',
    path: '/api/v1/lines/:id/usage/export',
    summary: 'Calls, messages, data as a file, newest first; the owner only, after a fresh code',
    access: ['subscriber'],
    idempotency: 'safe',
    params: IdParam,
    query: ExportQuery,
    response: z.unknown(),
    raw: 'download',
    errors: [
      'not_found',
      'forbidden',
      'fresh_code_required',
      'rate_limited',
      'payload_too_large',
      'unavailable',
    ],
  },
  compareTariffs: {
    method: 'GET',
    path: '/api/v1/lines/:id/tariff-comparison',
    summary: 'Tariffs by what this line’s own usage would have cost',
    access: SEES,
    idempotency: 'safe',
    params: IdParam,
    response: TariffComparison,
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  listLinesOfPerson: {
    method: 'GET',
    path: '/api/v1/contact-points/:id/lines',
    summary: 'The lines of the person behind a contact point',
    access: ['agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    response: z.array(LineRef),
    errors: ['not_found', 'need_to_know'],
  },
  recogniseLines: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/lines',
    summary:
      'Find the lines of somebody who writes from a number of ours and was not met before: the number’s person becomes theirs',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: z.array(LineRef),
    errors: ['not_found', 'need_to_know'],
  },
  revealLineNumber: {
    method: 'POST',
    path: '/api/v1/lines/:id/reveal',
    summary: 'See the number of a line in the clear, with a reason; audited and capped like every reveal',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ reason: text(400).min(3) }),
    response: z.object({ msisdn: z.string(), hideAfterMs: z.number().int(), leftToday: z.number().int() }),
    errors: ['not_found', 'need_to_know', 'reveal_cap_reached'],
  },
  setCodeWord: {
    method: 'PUT',
    path: '/api/v1/lines/:id/code-word',
    summary: 'The word by which the owner blocks a lost SIM from anywhere',
    access: ['subscriber'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ word: text(60).min(4) }),
    response: Done,
    errors: ['not_found', 'forbidden', 'fresh_code_required'],
  },
  blockLostSim: {
    method: 'POST',
    path: '/api/v1/lost-sim',
    summary:
      'Block a lost SIM by its number and code word; the answer is the same whether it was right or not',
    access: ['public'],
    idempotency: 'natural',
    body: z.object({ msisdn: text(30).min(5), codeWord: text(60).min(1) }),
    response: Done,
    errors: ['rate_limited'],
  },
} as const satisfies Contract
