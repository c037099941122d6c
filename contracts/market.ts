import { z } from 'zod'
import { Kopecks, PositiveKopecks, TrafficType } from './amounts.ts'
import { Cursor, Id, IdParam, Instant, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/*
 * The Market: subscribers sell and buy what is left of their packages. Volumes are whole units: gigabytes (1024³ bytes), minutes, SMS.
 * A lot is sold whole. Prices are of the whole lot, in kopecks.
 */

/** How many bytes, seconds or pieces a unit of the Market is. */
export const MARKET_UNIT = { data: 1024 ** 3, voice: 60, sms: 1 } as const satisfies Record<
  TrafficType,
  number
>

const Units = z.number().int().min(1).max(100_000)

export const Mood = z
  .enum(['devil', 'cool', 'cat', 'zipped', 'scream', 'rich', 'tongue', 'bomb'])
  .meta({ id: 'MarketMood' })
export type Mood = z.infer<typeof Mood>
const Moods = z
  .array(Mood)
  .max(3)
  .refine((moods) => new Set(moods).size === moods.length, 'the same mood again')

/**
 * active → sold | withdrawn (by its seller) | expired (its days are over) | returned (the package it came from is over, the line was blocked
 * or ended, or the operator took it back). Everything but `active` is final; what was not sold is the seller’s again.
 */
export const LotState = z
  .enum(['active', 'sold', 'withdrawn', 'expired', 'returned'])
  .meta({ id: 'LotState' })
export type LotState = z.infer<typeof LotState>

/** Why a lot was returned. */
export const LotReturn = z
  .enum(['period-end', 'tariff-change', 'line-blocked', 'line-ended', 'holder-changed', 'operator'])
  .meta({ id: 'LotReturn' })
export type LotReturn = z.infer<typeof LotReturn>

/** A lot as everybody sees it. */
export const MarketLot = z
  .object({
    id: Id,
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    version: z
      .number()
      .int()
      .describe('grows with every change of the price: say with the purchase which one was seen'),
    sellerName: z.string().nullable().describe('null = hidden. Plain text that a person typed'),
    moods: z.array(Mood),
    house: z.boolean().describe('sold by the operator itself'),
    raised: z.boolean(),
    listedAt: Instant,
  })
  .meta({ id: 'MarketLot' })
export type MarketLot = z.infer<typeof MarketLot>

/** A lot as its seller sees it. */
export const MyLot = MarketLot.extend({
  lineId: Id,
  state: LotState,
  returned: LotReturn.nullable(),
  frozen: z.boolean().describe('not shown and not sold until the operator has looked'),
  endsAt: Instant.describe('it comes back then at the latest'),
  raisedUntil: Instant.nullable(),
  closedAt: Instant.nullable(),
  dealId: Id.nullable(),
  feeKopecks: Kopecks.describe('what the operator keeps of the price'),
}).meta({ id: 'MyLot' })
export type MyLot = z.infer<typeof MyLot>

/** All lots of one size: the cheapest, and how many. */
export const MarketTier = z
  .object({
    units: Units,
    lots: z.number().int(),
    cheapestKopecks: Kopecks,
    averageKopecks: Kopecks,
  })
  .meta({ id: 'MarketTier' })
export type MarketTier = z.infer<typeof MarketTier>

/**
 * A page of the book: the best unit price first, then who was first to list. `raised` stand above it in few slots that rotate; they are in
 * their place below as well.
 */
export const MarketBook = z
  .object({
    type: TrafficType,
    units: Units.nullable().describe('null = lots of any size'),
    raised: z.array(MarketLot),
    lots: z.array(MarketLot),
    levels: z
      .array(z.object({ priceKopecks: Kopecks, lots: z.number().int() }))
      .describe('of this size: how many lots at each of the best prices'),
    next: Cursor.nullable(),
    asOf: Instant,
  })
  .meta({ id: 'MarketBook' })
export type MarketBook = z.infer<typeof MarketBook>

/** Why something cannot be sold or bought, or only a part of it. */
export const MarketReason = z
  .enum([
    'carried-over', // moved on from the last period
    'bought', // bought volume is for use
    'gift',
    'option', // a package of an option
    'unlimited',
    'on-sale', // is on the Market already
    'no-package', // the tariff has none of it
    'fee-unpaid', // the period waits for money
    'line-state', // blocked, suspended or ended
    'part-of-unit', // less than a whole unit
    'most-units', // more than one lot may hold
    'quarantine', // the number is too new: `until`
    'company', // the Market is for people
    'closed', // the operator has closed the Market
    'frozen', // the operator looks at this seller or lot
    'units', // too few or too many in a lot: `min`, `max`
    'price', // too cheap or too dear: `min`, `max`
    'not-enough', // more than is sellable: `units`
    'lots', // as many lots at a time as allowed: `max`
    'listings-today', // `max`
    'deals-today', // `max`
    'spent-today', // `maxKopecks`
    'pair', // these two have dealt with each other enough today
    'own-lot',
    'balance', // `lackingKopecks`
    'lot-gone', // sold, withdrawn or over
    'lot-changed', // `current` says how it stands now
    'raises', // all slots of this size are taken: `freeAt`
    'raised', // it is raised already
    'total', // the lots cost another sum than what was agreed to
  ])
  .meta({ id: 'MarketReason' })
export type MarketReason = z.infer<typeof MarketReason>

export const MarketObstacle = z
  .object({
    reason: MarketReason,
    units: z.number().int().nullable().describe('how much it keeps from being sold; null = all'),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'MarketObstacle' })
export type MarketObstacle = z.infer<typeof MarketObstacle>

/** "You can sell 12 of 30 GB, because …" */
export const Sellable = z
  .object({
    type: TrafficType,
    units: z.number().int().describe('whole units that can be listed now, over one or several lots'),
    leftUnits: z
      .number()
      .int()
      .describe('whole units left in all packages of this type; what has no limit is not counted'),
    onSaleUnits: z.number().int(),
    obstacles: z.array(MarketObstacle).describe('why it is not all'),
    minUnits: Units,
    maxUnits: Units.describe('of one lot'),
    minUnitKopecks: Kopecks,
    maxUnitKopecks: Kopecks,
  })
  .meta({ id: 'Sellable' })
export type Sellable = z.infer<typeof Sellable>

/** What to expect of a lot of this size at this price, from what was sold and listed lately. */
export const MarketAdvice = z
  .object({
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    netKopecks: Kopecks.describe('what comes to the balance'),
    ahead: z.number().int().describe('lots of this size that are sold before it'),
    soldPerDay: z.number().describe('of this size, over the last week'),
    undercutPerDay: z
      .number()
      .describe('lots of this size that were listed below this price, over the last week'),
    expectedMs: z
      .number()
      .int()
      .nullable()
      .describe('null = not to be expected: less is sold than comes in below this price, or nothing is'),
    chance: z.enum(['likely', 'uncertain', 'unlikely']).describe('that it is sold before it comes back'),
    basedOn: z.number().int().describe('deals that this rests on'),
    cheapestKopecks: Kopecks.nullable(),
    sooner: z
      .object({
        priceKopecks: Kopecks,
        netKopecks: Kopecks,
        ahead: z.number().int(),
        expectedMs: z.number().int().nullable(),
      })
      .nullable()
      .describe('the price at which it would stand first, if that is allowed'),
  })
  .meta({ id: 'MarketAdvice' })
export type MarketAdvice = z.infer<typeof MarketAdvice>

/** Prices of what was sold: one point a day of UTC, or an hour of the last two days. */
export const MarketHistory = z
  .object({
    type: TrafficType,
    units: Units.nullable(),
    points: z.array(
      z.object({
        at: Instant,
        deals: z.number().int(),
        units: z.number().int(),
        lowUnitKopecks: z.number(),
        averageUnitKopecks: z.number(),
        highUnitKopecks: z.number(),
      }),
    ),
  })
  .meta({ id: 'MarketHistory' })
export type MarketHistory = z.infer<typeof MarketHistory>

/** The cheapest lots that come to so many units, no more; to be bought at once or not at all. */
export const MarketQuote = z
  .object({
    type: TrafficType,
    askedUnits: Units,
    units: z
      .number()
      .int()
      .describe('what was found; less than asked for if there is no more below the ceiling'),
    totalKopecks: Kopecks,
    lots: z.array(MarketLot),
    balanceAfterKopecks: Kopecks,
    obstacles: z.array(MarketObstacle).describe('why they cannot be bought now'),
    needs: z.enum(['nothing', 'fresh-code']),
    expiresAt: Instant.describe('until when what is bought now can be used'),
  })
  .meta({ id: 'MarketQuote' })
export type MarketQuote = z.infer<typeof MarketQuote>

/** A receipt: what one side of a deal gave and got. */
export const DealReceipt = z
  .object({
    id: Id,
    number: z.number().int(),
    side: z.enum(['bought', 'sold']),
    lineId: Id,
    lotId: Id,
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    feeKopecks: Kopecks.describe('kept of the price by the operator; 0 for the buyer'),
    otherName: z.string().nullable().describe('of the seller, if they show it'),
    at: Instant,
    usableUntil: Instant.nullable().describe('for the buyer'),
    reversed: z.object({ at: Instant, kopecks: Kopecks }).nullable(),
  })
  .meta({ id: 'DealReceipt' })
export type DealReceipt = z.infer<typeof DealReceipt>

export const Purchase = z
  .object({ id: Id, totalKopecks: Kopecks, deals: z.array(DealReceipt) })
  .meta({ id: 'Purchase' })
export type Purchase = z.infer<typeof Purchase>

/** What a line's timeline tells of the Market: what was bought, a seller's sales since it was told last, what came back. */
export const MarketOnTimeline = z
  .object({
    event: z.enum(['bought', 'sold', 'returned', 'reversed']),
    items: z.array(z.object({ type: TrafficType, units: z.number().int(), lots: z.number().int() })),
    kopecks: Kopecks.describe('how the balance moved: negative = paid'),
    dealIds: z.array(Id).max(20).describe('the newest'),
    why: z
      .union([LotReturn, z.literal('expired')])
      .nullable()
      .describe('of what came back'),
  })
  .meta({ id: 'MarketOnTimeline' })
export type MarketOnTimeline = z.infer<typeof MarketOnTimeline>

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

const MarketRulesVersion = z
  .object({
    version: z.number().int().describe('0 = as installed'),
    rules: MarketRules,
    publishedAt: Instant.nullable(),
    publishedBy: z.string().nullable(),
  })
  .meta({ id: 'MarketRulesVersion' })

/** A lot as the staff see it. */
export const ConsoleLot = MyLot.extend({
  sellerId: Id.describe('of the party'),
  msisdn: z.string().describe('masked'),
  frozenFor: z.string().nullable(),
}).meta({ id: 'ConsoleLot' })
export type ConsoleLot = z.infer<typeof ConsoleLot>

export const ConsoleDeal = z
  .object({
    id: Id,
    number: z.number().int(),
    lotId: Id,
    type: TrafficType,
    units: Units,
    priceKopecks: Kopecks,
    feeKopecks: Kopecks,
    sellerLineId: Id,
    sellerId: Id,
    buyerLineId: Id,
    buyerId: Id,
    at: Instant,
    usableUntil: Instant,
    reversed: z.object({ at: Instant, kopecks: Kopecks }).nullable(),
    reversibleUntil: Instant,
  })
  .meta({ id: 'ConsoleDeal' })
export type ConsoleDeal = z.infer<typeof ConsoleDeal>

/** Two people who deal with each other more than strangers do. */
export const SuspiciousPair = z
  .object({
    sellerId: Id,
    buyerId: Id,
    deals: z.number().int(),
    kopecks: Kopecks,
    bothWays: z.boolean(),
    aboveAverage: z.number().describe('what was paid a unit, as a multiple of what others paid for the type'),
  })
  .meta({ id: 'SuspiciousPair' })

export const Trader = z
  .object({
    id: Id.describe('of the party'),
    name: z.string(),
    activeLots: z.number().int(),
    listedToday: z.number().int(),
    boughtToday: z.number().int(),
    spentTodayKopecks: Kopecks,
    slowedUntil: Instant.nullable(),
    frozen: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Trader' })
export type Trader = z.infer<typeof Trader>

export const MarketOverview = z
  .object({
    types: z.array(
      z.object({
        type: TrafficType,
        lots: z.number().int(),
        units: z.number().int(),
        dealsToday: z.number().int().describe('in the last 24 hours'),
        unitsToday: z.number().int(),
        kopecksToday: Kopecks,
        feesToday: Kopecks,
      }),
    ),
    frozenLots: z.number().int(),
    frozenSellers: z.number().int(),
    slowed: z.number().int(),
    pairs: z.array(SuspiciousPair).describe('of the last week, the most striking first, at most 50'),
  })
  .meta({ id: 'MarketOverview' })
export type MarketOverview = z.infer<typeof MarketOverview>

const Sized = z.object({ type: TrafficType, units: z.coerce.number().int().min(1).max(100_000).optional() })
const OfLine = z.object({ line: Id })
const MINE = ['subscriber'] as const
const DESK = ['agent', 'supervisor', 'designer', 'admin'] as const
const Reason = text(400).min(3)

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
