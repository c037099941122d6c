import { randomUUID } from 'node:crypto'
import type { MarketRules, MyLot, Purchase } from '../../contracts/market.ts'
import type { LinesContext } from '../../server/operator/lines/index.ts'
import {
  createCounter,
  DEFAULT_MARKET_RULES,
  expireLots,
  hearOfVolume,
  listLot,
  type MarketContext,
  type NewLot,
  type PurchaseAsk,
  publishRules,
  readRulesVersion,
  tellSellers,
} from '../../server/operator/market/index.ts'
import type { ManualClock } from '../../server/platform/clock.ts'
import type { TestDatabase } from '../postgres/index.ts'
import { aLinesRoom, type LinesRoom } from './lines.ts'
import { aTariff } from './offerings.ts'

export interface MarketRoom extends LinesRoom {
  readonly market: MarketContext
  /** Figures other than those of a market without quarantine and with room for many acts. */
  setRules(more: Partial<MarketRules>): Promise<void>
  list(lineId: string, more?: Partial<NewLot>): Promise<MyLot>
  /** A purchase of lots as they are seen now. */
  ask(lineId: string, lots: readonly Pick<MyLot, 'id' | 'version' | 'priceKopecks'>[]): PurchaseAsk
  /** Makes it, unless said otherwise. */
  buy(
    lineId: string,
    lots: readonly Pick<MyLot, 'id' | 'version' | 'priceKopecks'>[],
    more?: Partial<PurchaseAsk>,
  ): Promise<Purchase>
  expire(): Promise<void>
  tell(): Promise<void>
}

/** Rules for tests that are about something else. */
export const ROOMY: MarketRules = {
  ...DEFAULT_MARKET_RULES,
  quarantineDays: 0,
  pace: { burst: 10_000, perMinute: 10_000, steadyActs: 10_000 },
  limits: {
    activeLots: 1_000,
    listingsPerDay: 10_000,
    dealsPerDay: 10_000,
    spentPerDayKopecks: 100_000_000,
    pairDealsPerDay: 10_000,
    pairKopecksPerDay: 100_000_000,
  },
}

/** The Market on a real database, over the lines' own room. */
export async function aMarketRoom(
  database: TestDatabase,
  offerings = [aTariff({ packages: [...aTariff().packages, { type: 'sms', amount: 500 }] })],
  clock?: ManualClock,
  hear: LinesContext['announce'] = async () => undefined,
): Promise<MarketRoom> {
  const { db } = database
  const room = await aLinesRoom(database, offerings, {
    ...(clock && { clock }),
    hear: async (tx, event) => {
      await hearOfVolume(tx, market, event)
      await hear(tx, event)
    },
  })
  const market: MarketContext = { clock: room.clock, lines: room.lines, announce: room.lines.announce }
  const counter = createCounter(db, market)
  const setRules = async (more: Partial<MarketRules>) => {
    const { version } = await readRulesVersion(db)
    const rules = { ...ROOMY, ...more }
    await publishRules(db, market, { basedOn: version, rules, by: 'Тест' }, async () => undefined)
  }
  await setRules({})
  const ask: MarketRoom['ask'] = (lineId, lots) => ({
    id: randomUUID(),
    lineId,
    lots: lots.map(({ id, version }) => ({ id, version })),
    totalKopecks: lots.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0),
    by: { kind: 'subscriber', fresh: true },
  })
  const failed = (error: unknown) => {
    throw error
  }
  return {
    ...room,
    market,
    setRules,
    list: (lineId, more = {}) =>
      listLot(db, market, {
        id: randomUUID(),
        lineId,
        type: 'data',
        units: 5,
        priceKopecks: 10_000,
        moods: [],
        sellerName: null,
        ...more,
      }),
    ask,
    buy: (lineId, lots, more = {}) => counter({ ...ask(lineId, lots), ...more }),
    expire: async () => void (await expireLots(db, market, failed)),
    tell: async () => void (await tellSellers(db, market, failed)),
  }
}
