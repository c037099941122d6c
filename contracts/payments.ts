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
    refundedKopecks: Kopecks.describe('what of it was given back, or is on its way back'),
    receipt: z
      .object({
        to: z.string().describe('the e-mail address or the number; masked for the staff'),
        state: z.enum(['pending', 'succeeded', 'failed']).describe('whether it is registered'),
      })
      .nullable()
      .describe('the fiscal receipt (54-FZ); null: none is sent from here'),
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
    receiptTo: z
      .string()
      .nullable()
      .describe('the number that the fiscal receipt goes to unless an e-mail is given; null: none is sent'),
  })
  .meta({ id: 'TopUpTerms' })
export type TopUpTerms = z.infer<typeof TopUpTerms>

/** A top-up on its way back to what it was paid with. Its id is its order's. */
export const Refund = z
  .object({
    id: Id,
    topUpId: Id,
    lineId: Id,
    amountKopecks: Kopecks,
    state: z.enum(['created', 'waiting', 'succeeded', 'failed', 'unknown']),
    reason: z.string().nullable(),
    providerId: z.string().nullable(),
    startedAt: Instant,
    heardAt: Instant.nullable(),
  })
  .meta({ id: 'Refund' })
export type Refund = z.infer<typeof Refund>

/** A payment that came and whose fiscal receipt (54-FZ) nobody has registered. */
export const MissingReceipt = z
  .object({
    topUpId: Id,
    lineId: Id,
    amountKopecks: Kopecks,
    paidAt: Instant,
    to: z.string().describe('where it was to go; masked'),
    why: z
      .enum(['refused', 'no-answer', 'not-made'])
      .describe('the register refused it; did not say in days whether it is registered; made none'),
    providerId: z.string().nullable().describe('what the provider calls the payment'),
  })
  .meta({ id: 'MissingReceipt' })
export type MissingReceipt = z.infer<typeof MissingReceipt>

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
    body: z.object({
      id: Id,
      amountKopecks: PositiveKopecks,
      automatic: Automatic.optional(),
      receiptTo: z.email().max(200).optional().describe('where the fiscal receipt goes'),
    }),
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
  listTopUps: {
    method: 'GET',
    path: '/api/v1/lines/:id/top-ups',
    summary:
      'Payments to a line, newest first: what became of each, its receipt, what of it was given back. Who does not own it is shown what they began',
    access: ['subscriber', 'agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    query: PageQuery,
    response: pageOf(TopUp),
    errors: ['not_found', 'forbidden', 'need_to_know'],
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
  listUnknownRefunds: {
    method: 'GET',
    path: '/api/v1/refunds/unknown',
    summary: 'Refunds to cards of which nobody knows what became, oldest first',
    access: ['supervisor', 'admin', 'service:read'],
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(Refund),
  },
  listMissingReceipts: {
    method: 'GET',
    path: '/api/v1/receipts/missing',
    summary: 'Payments whose fiscal receipt nobody has registered, oldest first: a person issues it',
    access: ['supervisor', 'admin', 'service:read'],
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(MissingReceipt),
    errors: ['invalid_request'],
  },
  putReceiptRight: {
    method: 'POST',
    path: '/api/v1/top-ups/:id/receipt/righted',
    summary: 'The receipt was issued elsewhere: for the payer it is registered. Stands in the audit',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ how: text(300).min(3).describe('the number of the receipt, where it was issued') }),
    response: TopUp,
    errors: ['not_found', 'conflict'],
  },
} as const satisfies Contract
