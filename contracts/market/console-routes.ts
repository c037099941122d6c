import { z } from 'zod'
import { Id, IdParam, PageQuery, pageOf, text } from '../primitives.ts'
import type { Contract } from '../route.ts'
import { DealReceipt } from './deals.ts'
import { ConsoleDeal, ConsoleLot, MarketOverview, Trader } from './looking-after.ts'
import { MarketRules, MarketRulesVersion } from './rules.ts'

const DESK = ['agent', 'supervisor', 'designer', 'admin'] as const
const Reason = text(400).min(3)

/** The Market as the operator looks after it. Deals are taken back by an order: `reverse-deal`. */
export const marketConsole = {
  getMarketOverview: {
    method: 'GET',
    path: '/api/v1/market/overview',
    summary: 'What is on sale and was sold, who is slowed or frozen, pairs that look like one purse',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    response: MarketOverview,
    errors: ['unavailable'],
  },
  listMarketLots: {
    method: 'GET',
    path: '/api/v1/market/lots',
    summary: 'Lots, newest first; of a line, of a seller, frozen ones',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    query: PageQuery.extend({
      line: Id.optional(),
      seller: Id.optional(),
      frozen: z.enum(['yes']).optional(),
    }),
    response: pageOf(ConsoleLot),
    errors: ['unavailable'],
  },
  listMarketDeals: {
    method: 'GET',
    path: '/api/v1/market/deals',
    summary: 'Deals, newest first; of a seller, of a buyer, of both',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    query: PageQuery.extend({ seller: Id.optional(), buyer: Id.optional() }),
    response: pageOf(ConsoleDeal),
    errors: ['unavailable'],
  },
  listDealsOfLine: {
    method: 'GET',
    path: '/api/v1/lines/:id/market-deals',
    summary: 'What a line bought and sold, newest first: for whoever serves its people',
    access: ['agent', 'supervisor'],
    idempotency: 'safe',
    params: IdParam,
    query: PageQuery.extend({ side: z.enum(['bought', 'sold']) }),
    response: pageOf(DealReceipt),
    errors: ['not_found', 'need_to_know', 'unavailable'],
  },
  getTrader: {
    method: 'GET',
    path: '/api/v1/market/traders/:id',
    summary: 'Somebody on the Market: their lots, their day, whether they are slowed or frozen',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    params: IdParam,
    response: Trader,
    errors: ['not_found', 'unavailable'],
  },
  freezeLot: {
    method: 'PUT',
    path: '/api/v1/market/lots/:id/freeze',
    summary: 'Hide a lot until somebody has looked, or let it be sold again; audited',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ frozen: z.boolean(), reason: Reason }),
    response: ConsoleLot,
    errors: ['not_found', 'conflict', 'unavailable'],
  },
  returnLot: {
    method: 'POST',
    path: '/api/v1/market/lots/:id/return',
    summary: 'Give a lot’s volume back to its seller for good; audited',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ reason: Reason }),
    response: ConsoleLot,
    errors: ['not_found', 'conflict', 'unavailable'],
  },
  freezeTrader: {
    method: 'PUT',
    path: '/api/v1/market/traders/:id/freeze',
    summary: 'Somebody sells and buys nothing until somebody has looked; their lots are hidden; audited',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ frozen: z.boolean(), reason: Reason }),
    response: Trader,
    errors: ['not_found', 'unavailable'],
  },
  getMarketRules: {
    method: 'GET',
    path: '/api/v1/market/rules',
    summary: 'The figures in force',
    access: DESK,
    idempotency: 'safe',
    response: MarketRulesVersion,
    errors: ['unavailable'],
  },
  publishMarketRules: {
    method: 'PUT',
    path: '/api/v1/market/rules',
    summary: 'New figures, from now on; lots that stand keep their price; audited',
    access: ['designer', 'admin'],
    idempotency: 'natural',
    body: z.object({ basedOn: z.number().int(), rules: MarketRules }),
    response: MarketRulesVersion,
    errors: ['conflict', 'unavailable'],
  },
  listMarketRules: {
    method: 'GET',
    path: '/api/v1/market/rules/versions',
    summary: 'Who published which figures and when, newest first (at most 100)',
    access: ['designer', 'admin', 'supervisor'],
    idempotency: 'safe',
    response: z.array(MarketRulesVersion),
    errors: ['unavailable'],
  },
} as const satisfies Contract
