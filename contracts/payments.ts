import { z } from 'zod'
import { Kopecks, PositiveKopecks } from './amounts.ts'
import { Id, IdParam, Instant, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/**
 * created (the provider is being asked) → waiting (for the person, or for the bank) → succeeded | failed | expired. `unknown`: nobody
 * knows what became of it, a person looks. What was given up may still turn out to be paid; what succeeded stays so.
 */
export const TopUpState = z
  .enum(['created', 'waiting', 'succeeded', 'failed', 'expired', 'unknown'])
  .meta({ id: 'TopUpState' })
export type TopUpState = z.infer<typeof TopUpState>

/** A payment on its way to a line. Its id is its order's. */
export const TopUp = z
  .object({
    id: Id,
    lineId: Id,
    amountKopecks: Kopecks,
    state: TopUpState,
    reason: z.string().nullable().describe('why it did not succeed: a code'),
    redirectUrl: z.string().nullable().describe('where the person pays; only while it waits, only for them'),
    automatic: z.boolean().describe('charged by the line’s rule'),
    startedAt: Instant,
    settledAt: Instant.nullable(),
  })
  .meta({ id: 'TopUp' })
export type TopUp = z.infer<typeof TopUp>

export const TopUpTerms = z
  .object({
    available: z.boolean().describe('payments are taken here'),
    minKopecks: Kopecks,
    maxKopecks: Kopecks.describe('at a time'),
    leftTodayKopecks: Kopecks.describe('what the line may still be given today'),
    method: z
      .object({ title: z.string(), savedAt: Instant })
      .nullable()
      .describe('what the automatic top-up is paid from; the owner’s to see'),
  })
  .meta({ id: 'TopUpTerms' })
export type TopUpTerms = z.infer<typeof TopUpTerms>

/** The rule that begins when the payment succeeds, with the owner’s consent. */
const Automatic = z.object({
  belowKopecks: Kopecks.min(0),
  monthlyMaxKopecks: PositiveKopecks,
  consent: text(1000).min(1).describe('the words that the owner agreed to; kept as the proof'),
})

export const payments = {
  startTopUp: {
    method: 'POST',
    path: '/api/v1/lines/:id/top-ups',
    summary:
      'Begin a payment: answers where to send the person. The id is made by the sender, a repeat begins it once',
    access: ['subscriber'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ id: Id, amountKopecks: PositiveKopecks, automatic: Automatic.optional() }),
    response: TopUp,
    errors: ['not_found', 'forbidden', 'order_refused', 'idempotency_key_reused', 'unavailable'],
  },
  getTopUp: {
    method: 'GET',
    path: '/api/v1/top-ups/:id',
    summary: 'Where a payment stands',
    access: ['subscriber', 'agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    response: TopUp,
    errors: ['not_found', 'need_to_know'],
  },
  getTopUpTerms: {
    method: 'GET',
    path: '/api/v1/lines/:id/top-up-terms',
    summary: 'How much may be paid, and from what the automatic top-up is paid',
    access: ['subscriber'],
    idempotency: 'safe',
    params: IdParam,
    response: TopUpTerms,
    errors: ['not_found', 'unavailable'],
  },
  listUnknownTopUps: {
    method: 'GET',
    path: '/api/v1/top-ups/unknown',
    summary:
      'Payments of which nobody knows what became, oldest first: a person looks at the provider’s books',
    access: ['supervisor', 'admin', 'service:read'],
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(TopUp.extend({ providerId: z.string().nullable(), heardAt: Instant.nullable() })),
  },
} as const satisfies Contract
