import { z } from 'zod'
import { Kopecks, Msisdn, PositiveKopecks, TrafficType, Volume } from './amounts.ts'
import { OfferingCode } from './catalogue.ts'
import { Id, IdParam, Instant, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** Where a conditional call goes instead. */
export const ForwardingCondition = z.enum(['always', 'busy', 'no-answer', 'unreachable'])

/** Stands for the words and numbers of an order that were destroyed with a person. */
export const ERASED = '***'

const requestNaming = (number: z.ZodType<string, string>) =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('connect-option'), code: OfferingCode }),
    z.object({ kind: z.literal('disconnect-option'), code: OfferingCode }),
    z
      .object({
        kind: z.literal('connect-content'),
        code: OfferingCode,
        consent: text(400).min(1).describe('the words that the person agreed to; kept as the proof'),
      })
      .describe('a third party’s subscription; needs a new consent each time'),
    z.object({ kind: z.literal('stop-content'), code: OfferingCode }),
    z.object({ kind: z.literal('stop-all-content') }),
    z.object({ kind: z.literal('ban-content') }).describe('no third party can connect anything from now on'),
    z.object({ kind: z.literal('allow-content') }),
    z.object({ kind: z.literal('change-tariff'), code: OfferingCode, when: z.enum(['now', 'period-end']) }),
    z
      .object({
        kind: z.literal('top-up'),
        amountKopecks: PositiveKopecks,
        automatic: z
          .object({
            belowKopecks: Kopecks.min(0),
            monthlyMaxKopecks: PositiveKopecks,
            consent: text(1000).min(1).describe('the words that the owner agreed to; kept as the proof'),
          })
          .optional()
          .describe('what it is paid with is saved, and charged by itself whenever the balance falls below'),
      })
      .describe('money from outside: pending until the payment is settled'),
    z.object({ kind: z.literal('promised-payment'), amountKopecks: PositiveKopecks }),
    z.object({ kind: z.literal('transfer-money'), toMsisdn: number, amountKopecks: PositiveKopecks }),
    z.object({ kind: z.literal('block-line'), reason: z.enum(['voluntary', 'lost']) }),
    z.object({ kind: z.literal('unblock-line') }),
    z.object({
      kind: z.literal('set-forwarding'),
      condition: ForwardingCondition,
      toMsisdn: number.nullable().describe('null = no more'),
    }),
    z
      .object({
        kind: z.literal('set-limit'),
        limit: z.enum(['spend-month', 'roaming-day']),
        amountKopecks: PositiveKopecks.nullable(),
      })
      .describe('null = no limit'),
    z.object({
      kind: z.literal('set-auto-top-up'),
      rule: z
        .object({
          belowKopecks: Kopecks.min(0),
          amountKopecks: PositiveKopecks,
          monthlyMaxKopecks: PositiveKopecks,
        })
        .nullable(),
    }),
    z
      .object({
        kind: z.literal('send-settings'),
        topic: z.enum(['internet', 'mms']),
        model: text(80).optional(),
      })
      .describe('the access point’s settings go to the phone by SMS'),
    z
      .object({ kind: z.literal('share-line'), toMsisdn: number })
      .describe(
        'whoever has another number may see the balance and top up (`trusted`) once they agree; `pending` until then, whether there is such a number or not',
      ),
    z.object({ kind: z.literal('end-access'), partyId: Id }).describe('of somebody who is trusted with it'),
    z.object({ kind: z.literal('leave-line') }).describe('whoever is trusted with the line gives that up'),
    z.object({
      kind: z.literal('goodwill-credit'),
      amountKopecks: PositiveKopecks,
      reason: text(400).min(3),
    }),
    z
      .object({
        kind: z.literal('refund-content'),
        code: OfferingCode,
        amountKopecks: PositiveKopecks,
        reason: text(400).min(3),
      })
      .describe('money that a paid subscription took comes back: never more than it took; an ended one too'),
    z
      .object({
        kind: z.literal('refund-top-up'),
        topUpId: Id,
        amountKopecks: PositiveKopecks,
        reason: text(400).min(3),
      })
      .describe('a top-up, or a part of it, goes back to what it was paid with; pending until it has'),
    z
      .object({
        kind: z.literal('reverse-deal'),
        dealId: Id,
        amountKopecks: PositiveKopecks.describe('at most the price of what was not used'),
        reason: text(400).min(3),
      })
      .describe('a deal on the Market is taken back, asked for on the buyer’s line or the seller’s'),
  ])

/** What is asked to be done to a line. Every change of a line is one of these. */
export const OrderRequest = requestNaming(Msisdn).meta({ id: 'OrderRequest' })
/** The same as it is kept: numbers of others may have been destroyed. */
const KeptRequest = requestNaming(z.union([Msisdn, z.literal(ERASED)])).meta({ id: 'KeptOrderRequest' })
export type OrderRequest = z.infer<typeof OrderRequest>
export type OrderKind = OrderRequest['kind']

/**
 * What an order would do, told before it is confirmed. Facts only, in codes: screens, voice menu and assistant put them into words.
 * `conflict`s forbid it; `warning`s must be shown.
 */
export const OrderEffect = z
  .discriminatedUnion('effect', [
    z.object({ effect: z.literal('charge-now'), kopecks: Kopecks, for: z.string() }),
    z.object({
      effect: z.literal('charge-later'),
      kopecks: Kopecks,
      for: z.string(),
      at: Instant,
      every: z.string().nullable(),
    }),
    z.object({ effect: z.literal('charge-ends'), kopecks: Kopecks, for: z.string(), every: z.string() }),
    z.object({ effect: z.literal('receive-money'), kopecks: Kopecks }),
    z.object({
      effect: z.literal('gain'),
      type: TrafficType,
      amount: Volume.nullable(),
      until: Instant.nullable(),
    }),
    z.object({ effect: z.literal('lose'), type: TrafficType, amount: Volume, source: z.string() }),
    z.object({ effect: z.literal('disconnects'), code: OfferingCode }).describe('goes off with it'),
    z.object({
      effect: z.literal('warning'),
      warning: z.enum([
        'no-way-back',
        'money-not-returned',
        'discount-lost',
        'outgoing-stops',
        'lots-return',
        'access-given',
        'access-ends',
        'month-limit-spent',
        'day-limit-spent',
      ]),
      about: z.string().nullable(),
    }),
    z.object({
      effect: z.literal('conflict'),
      conflict: z.enum([
        'requires',
        'excludes',
        'already',
        'not-connected',
        'not-offered',
        'balance',
        'content-banned',
        'limit',
        'line-state',
        'debt',
        'too-early',
        'own-number',
        'unknown-number',
        'age',
        'unknown-deal',
        'too-late',
        'too-many',
        'too-often',
        'not-accepted',
        'elsewhere',
      ]),
      about: z.string().nullable(),
      facts: z.record(z.string(), z.unknown()).optional(),
    }),
  ])
  .meta({ id: 'OrderEffect' })
export type OrderEffect = z.infer<typeof OrderEffect>

export const OrderPreview = z
  .object({
    request: OrderRequest,
    possible: z.boolean().describe('no conflict'),
    effects: z.array(OrderEffect),
    undoMs: z.number().int().describe('how long it can be taken back; it is carried out after that'),
    needs: z
      .enum(['nothing', 'fresh-code', 'approval'])
      .describe('what is still missing: a fresh code of the subscriber, or a second pair of eyes'),
    digest: z
      .string()
      .describe('give it back with the order: it is refused as `conflict` if the effects have changed'),
  })
  .meta({ id: 'OrderPreview' })
export type OrderPreview = z.infer<typeof OrderPreview>

/**
 * waiting (may be undone) → running → done | refused | unknown; waiting → undone;
 * approval (four eyes) → waiting | declined. `pending` = given to a remote system that has not answered yet.
 */
export const OrderState = z
  .enum(['approval', 'waiting', 'running', 'pending', 'done', 'refused', 'unknown', 'undone', 'declined'])
  .meta({ id: 'OrderState' })
export type OrderState = z.infer<typeof OrderState>

/** Who did it and through which door: stands on every order and its entry on the timeline. */
export const OrderBy = z.object({
  kind: z.enum(['subscriber', 'agent', 'assistant', 'system', 'service']),
  name: z.string().nullable(),
  through: z.enum(['my', 'desk', 'chat', 'voice', 'api', 'rule']),
})

export const Order = z
  .object({
    id: Id,
    lineId: Id,
    request: KeptRequest,
    state: OrderState,
    effects: z.array(OrderEffect),
    by: OrderBy,
    undoneBy: OrderBy.optional().describe('who took it back, where somebody has'),
    approvedBy: z.string().nullable(),
    decision: z
      .object({
        approved: z.boolean(),
        by: z.string().nullable(),
        at: Instant.nullable(),
        words: z.string().nullable().describe('why'),
      })
      .optional()
      .describe('of the second pair of eyes; for the staff alone'),
    placedAt: Instant,
    carriedOutAt: Instant.nullable(),
    undoableUntil: Instant.nullable(),
    reason: z
      .object({ code: z.string(), facts: z.record(z.string(), z.unknown()) })
      .nullable()
      .describe('why it was refused'),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof Order>

/** Somebody wants to let the person of a number see a line of theirs: an order of the kind `share-line` that waits for their word. */
export const AccessOffer = z
  .object({
    id: Id.describe('of the order'),
    msisdn: z.string().describe('of the line, masked: it may have been meant for somebody else'),
    at: Instant,
    until: Instant,
  })
  .meta({ id: 'AccessOffer' })
export type AccessOffer = z.infer<typeof AccessOffer>

/** An order that waits for a second pair of eyes, as whoever decides sees it. */
export const OrderToApprove = z
  .object({
    order: Order,
    msisdn: z.string().describe('of the line, masked'),
    own: z.boolean().describe('asked for by the caller, who may not decide it'),
  })
  .meta({ id: 'OrderToApprove' })
export type OrderToApprove = z.infer<typeof OrderToApprove>

/** An order of which nobody knows what became. */
export const UnknownOrder = Order.extend({
  heardAt: Instant.nullable().describe('when whoever keeps the line told of it last'),
  asked: z.boolean().describe('they are still asked about it'),
}).meta({ id: 'UnknownOrder' })
export type UnknownOrder = z.infer<typeof UnknownOrder>

const WHO = ['subscriber', 'agent', 'supervisor', 'service:write'] as const

export const orders = {
  previewOrder: {
    method: 'POST',
    path: '/api/v1/lines/:id/orders/preview',
    summary: 'What it would cost now and later, what is lost, what conflicts; changes nothing',
    access: WHO,
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ request: OrderRequest }),
    response: OrderPreview,
    errors: ['not_found', 'need_to_know', 'unavailable', 'rate_limited'],
  },
  placeOrder: {
    method: 'POST',
    path: '/api/v1/lines/:id/orders',
    summary:
      'Do it. The id is made by the sender: a repeat does it once, another request under the same id is refused',
    access: WHO,
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ id: Id, request: OrderRequest, digest: z.string().max(100).optional() }),
    response: Order,
    errors: [
      'not_found',
      'need_to_know',
      'conflict',
      'order_refused',
      'fresh_code_required',
      'idempotency_key_reused',
      'unavailable',
      'rate_limited',
    ],
  },
  getOrder: {
    method: 'GET',
    path: '/api/v1/orders/:id',
    summary: 'Where an order stands',
    access: ['subscriber', 'agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    response: Order,
    errors: ['not_found', 'need_to_know'],
  },
  undoOrder: {
    method: 'POST',
    path: '/api/v1/orders/:id/undo',
    summary: 'Take it back while it waits',
    access: WHO,
    idempotency: 'natural',
    params: IdParam,
    response: Order,
    errors: ['not_found', 'need_to_know', 'not_undoable'],
  },
  listOrders: {
    method: 'GET',
    path: '/api/v1/lines/:id/orders',
    summary: 'What was done to a line, newest first',
    access: ['subscriber', 'agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    query: PageQuery,
    response: pageOf(Order),
    errors: ['not_found', 'need_to_know'],
  },
  listOrdersToApprove: {
    method: 'GET',
    path: '/api/v1/orders/to-approve',
    summary: 'Orders that wait for a second pair of eyes, oldest first',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(OrderToApprove),
  },
  countOrdersToApprove: {
    method: 'GET',
    path: '/api/v1/orders/to-approve/count',
    summary:
      'How many wait for a second pair of eyes, those that the caller asked for aside; counted up to 1000',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    response: z.object({ count: z.number().int() }),
  },
  listUnknownOrders: {
    method: 'GET',
    path: '/api/v1/orders/unknown',
    summary:
      'Orders of which nobody knows what became, oldest first: a person looks in the books of who keeps the line',
    access: ['supervisor', 'admin', 'service:read'],
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(UnknownOrder),
  },
  decideOrder: {
    method: 'POST',
    path: '/api/v1/orders/:id/decision',
    summary: 'Approve or decline; never by who placed it',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.discriminatedUnion('approve', [
      z.object({ approve: z.literal(true), reason: text(400).min(3).optional() }),
      z.object({ approve: z.literal(false), reason: text(400).min(3) }),
    ]),
    response: Order,
    errors: ['not_found', 'conflict', 'forbidden', 'order_refused'],
  },
} as const satisfies Contract
