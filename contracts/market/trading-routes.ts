import { z } from 'zod'
import { Kopecks, PositiveKopecks, TrafficType } from '../amounts.ts'
import { Cursor, Id, IdParam, Instant, PageQuery, pageOf, text } from '../primitives.ts'
import type { Contract } from '../route.ts'
import { MarketBook, MarketHistory, MarketTier } from './book.ts'
import { DealReceipt, MarketQuote, Purchase } from './deals.ts'
import { MarketLot, Moods, MyLot } from './lots.ts'
import { MarketAdvice, Sellable } from './selling.ts'
import { Units } from './units.ts'

const Sized = z.object({ type: TrafficType, units: z.coerce.number().int().min(1).max(100_000).optional() })
const OfLine = z.object({ line: Id })
const MINE = ['subscriber'] as const

/** The Market as people use it in My. */
export const market = {
  getSellable: {
    method: 'GET',
    path: '/api/v1/my/market/sellable',
    summary: 'How much of what is left may be sold, and why not all of it',
    access: MINE,
    idempotency: 'safe',
    query: OfLine,
    response: z.object({
      lineId: Id,
      types: z.array(Sellable),
      raiseKopecks: Kopecks,
      raiseHours: z.number().int().describe('how long a raise lasts, at most until the lot’s own end'),
      feeBasisPoints: z.number().int(),
    }),
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
  listTiers: {
    method: 'GET',
    path: '/api/v1/my/market/tiers',
    summary: 'Sizes that are on sale: how many lots, the cheapest, the average',
    access: MINE,
    idempotency: 'safe',
    query: z.object({ type: TrafficType }),
    response: z.object({ type: TrafficType, tiers: z.array(MarketTier), asOf: Instant }),
    errors: ['unavailable'],
  },
  readBook: {
    method: 'GET',
    path: '/api/v1/my/market/book',
    summary: 'Lots on sale: the best unit price first, then first come, first served',
    access: MINE,
    idempotency: 'safe',
    query: Sized.extend({
      after: Cursor.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    response: MarketBook,
    errors: ['unavailable'],
  },
  getLot: {
    method: 'GET',
    path: '/api/v1/my/market/lots/:id',
    summary: 'A lot on sale',
    access: MINE,
    idempotency: 'safe',
    params: IdParam,
    response: MarketLot,
    errors: ['not_found', 'unavailable'],
  },
  readHistory: {
    method: 'GET',
    path: '/api/v1/my/market/history',
    summary: 'What was paid for a unit: by the hour for two days, by the day for longer',
    access: MINE,
    idempotency: 'safe',
    query: Sized.extend({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    response: MarketHistory,
    errors: ['unavailable'],
  },
  adviseSale: {
    method: 'GET',
    path: '/api/v1/my/market/advice',
    summary: 'When a lot of this size and price is likely to be sold',
    access: MINE,
    idempotency: 'safe',
    query: OfLine.extend({
      type: TrafficType,
      units: z.coerce.number().int().min(1).max(100_000),
      priceKopecks: z.coerce.number().int().min(1).max(100_000_000),
    }),
    response: MarketAdvice,
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
  listMyLots: {
    method: 'GET',
    path: '/api/v1/my/market/lots',
    summary: 'Lots of a line, newest first',
    access: MINE,
    idempotency: 'safe',
    query: PageQuery.extend({ line: Id, active: z.enum(['yes', 'no']).optional() }),
    response: pageOf(MyLot),
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
  listLot: {
    method: 'POST',
    path: '/api/v1/my/market/lots',
    summary: 'Put a lot up: its volume leaves the package. The id is made by the sender: a repeat lists once',
    access: MINE,
    idempotency: 'natural',
    body: z.object({
      id: Id,
      lineId: Id,
      type: TrafficType,
      units: Units,
      priceKopecks: PositiveKopecks,
      moods: Moods.default([]),
      showName: z.boolean().default(false),
    }),
    response: MyLot,
    errors: [
      'not_found',
      'forbidden',
      'market_refused',
      'idempotency_key_reused',
      'rate_limited',
      'unavailable',
    ],
  },
  changeLot: {
    method: 'PATCH',
    path: '/api/v1/my/market/lots/:id',
    summary:
      'Another price, other moods, name shown or hidden; refused if the lot has changed since it was seen',
    access: MINE,
    idempotency: 'natural',
    params: IdParam,
    body: z.object({
      version: z.number().int(),
      priceKopecks: PositiveKopecks.optional(),
      moods: Moods.optional(),
      showName: z.boolean().optional(),
    }),
    response: MyLot,
    errors: ['not_found', 'forbidden', 'conflict', 'market_refused', 'rate_limited', 'unavailable'],
  },
  withdrawLot: {
    method: 'DELETE',
    path: '/api/v1/my/market/lots/:id',
    summary: 'Take a lot back: its volume is in the package again',
    access: MINE,
    idempotency: 'natural',
    params: IdParam,
    response: MyLot,
    errors: ['not_found', 'forbidden', 'market_refused', 'rate_limited', 'unavailable'],
  },
  raiseLot: {
    method: 'POST',
    path: '/api/v1/my/market/lots/:id/raise',
    summary:
      'Pay for a turn in the slots above the book, for some hours. The id is made by the sender: a repeat pays once',
    access: MINE,
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ id: Id, kopecks: Kopecks.min(0).describe('what was agreed to') }),
    response: MyLot,
    errors: ['not_found', 'forbidden', 'market_refused', 'rate_limited', 'unavailable'],
  },
  quote: {
    method: 'POST',
    path: '/api/v1/my/market/quote',
    summary:
      'The cheapest lots that come to so many units, at most so dear a unit; or one lot as it stands. Buys nothing',
    access: MINE,
    idempotency: 'natural',
    body: z.object({
      lineId: Id,
      want: z.union([
        z.object({
          type: TrafficType,
          units: Units,
          ceilingKopecks: PositiveKopecks.optional().describe('of a unit'),
        }),
        z.object({ lotId: Id }),
      ]),
    }),
    response: MarketQuote,
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
  buy: {
    method: 'POST',
    path: '/api/v1/my/market/purchases',
    summary:
      'Buy lots as they were seen, all or none. The id is made by the sender: a repeat buys once, another body under it is refused',
    access: MINE,
    idempotency: 'natural',
    body: z.object({
      id: Id,
      lineId: Id,
      lots: z
        .array(z.object({ id: Id, version: z.number().int().min(1) }))
        .min(1)
        .max(20)
        .refine((lots) => new Set(lots.map(({ id }) => id)).size === lots.length, 'the same lot again'),
      totalKopecks: PositiveKopecks.describe('what was agreed to'),
    }),
    response: Purchase,
    errors: [
      'not_found',
      'forbidden',
      'market_refused',
      'fresh_code_required',
      'idempotency_key_reused',
      'rate_limited',
      'unavailable',
    ],
  },
  listMyDeals: {
    method: 'GET',
    path: '/api/v1/my/market/deals',
    summary: 'What a line bought and sold, newest first',
    access: MINE,
    idempotency: 'safe',
    query: PageQuery.extend({ line: Id, side: z.enum(['bought', 'sold']) }),
    response: pageOf(DealReceipt),
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
  getMyDeal: {
    method: 'GET',
    path: '/api/v1/my/market/deals/:id',
    summary: 'A receipt',
    access: MINE,
    idempotency: 'safe',
    params: IdParam,
    query: OfLine,
    response: DealReceipt,
    errors: ['not_found', 'forbidden', 'unavailable'],
  },
  disputeDeal: {
    method: 'POST',
    path: '/api/v1/my/market/deals/:id/disputes',
    summary:
      'Something was wrong: a conversation with the deal attached. The id is made by the sender: a repeat asks once',
    access: MINE,
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ id: Id, lineId: Id, words: text(2000).default('') }),
    response: z.object({ conversationNumber: z.number().int().nullable() }),
    errors: ['not_found', 'forbidden', 'rate_limited', 'unavailable'],
  },
} as const satisfies Contract
