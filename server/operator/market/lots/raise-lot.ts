import type { MarketObstacle, MarketRules, MyLot } from '../../../../contracts/market.ts'
import type { Db } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { charge, type Legs, payInto, post } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { obstacle, refuseObstacles } from '../refuse.ts'
import { readRules } from '../rules/read-rules.ts'
import { selectLot } from '../store/lots.ts'
import { countRaised, insertRaise, lockRaises, selectRaise } from '../store/raises.ts'
import { updateTraders } from '../store/traders.ts'
import { TITLES } from '../titles.ts'
import { requirePace } from '../traders/trader.ts'
import { type OwnLot, requireThere, workOnLot } from './own-lot.ts'
import { presentMyLot } from './present-lot.ts'

const HOUR_MS = 3_600_000

export interface Raise {
  /** Made by the sender: a repeat pays once. */
  readonly id: string
  readonly lotId: string
  /** What was agreed to. */
  readonly kopecks: number
}

/**
 * Pays for a share of the few slots above a size, for some hours: as many are sold as the rules say, and all take turns, so that paying again
 * or more buys nothing.
 * Refuses with `not_found`, `market_refused` (lot-gone, raised, raises, balance, price: it costs another sum now), `rate_limited`,
 * `idempotency_key_reused`.
 */
export function raiseLot(db: Db, market: MarketContext, ask: Raise): Promise<MyLot> {
  return workOnLot(db, market, ask.lotId, async (own) => {
    const { tx, draft, trader, lot, now } = own
    const rules = await readRules(tx)
    const known = await selectRaise(tx, ask.id)
    if (known && known.lotId !== ask.lotId) throw new Refusal('idempotency_key_reused', { id: ask.id })
    if (known) return presentMyLot(found(await selectLot(tx, ask.lotId), 'lot'), rules, now)
    requireThere(own)
    requirePace(trader, rules, now)
    await lockRaises(tx, lot)
    refuseObstacles(await obstaclesOf(own, ask, rules))
    await updateTraders(tx, [trader.row])
    const { kopecks } = rules.raise
    if (kopecks > 0) {
      const legs: Legs = new Map()
      payInto(draft, legs, 'income:market-raise', kopecks)
      const memo = { category: 'market', lotId: lot.id }
      const name = { scope: 'market', key: `raise:${ask.id}`, kind: 'market-raise' }
      const transfer = post(draft, name, now, legs, memo)
      const title = TITLES.raise(lot.type, lot.units)
      charge(draft, transfer, { at: now, category: 'market', kopecks: -kopecks, title })
    }
    const until = new Date(Math.min(now.getTime() + rules.raise.hours * HOUR_MS, lot.endsAt.getTime()))
    const raised = await insertRaise(tx, { ...ask, kopecks }, { at: now, until })
    await market.announce(tx, { kind: 'book-changed', sizes: [lot] })
    return presentMyLot(raised, rules, now)
  })
}

async function obstaclesOf(
  { tx, draft: { line }, lot, now }: OwnLot,
  ask: Raise,
  { raise }: MarketRules,
): Promise<MarketObstacle[]> {
  const lacking = raise.kopecks - line.cash.balance
  const { count, freeAt } = await countRaised(tx, lot, now)
  return [
    ...(lot.frozen ? [obstacle('frozen')] : []),
    ...(lot.raisedUntil && lot.raisedUntil > now
      ? [obstacle('raised', { until: lot.raisedUntil.toISOString() })]
      : []),
    ...(ask.kopecks === raise.kopecks ? [] : [obstacle('price', { min: raise.kopecks, max: raise.kopecks })]),
    ...(raise.slots === 0 || count >= raise.mostPerTier
      ? [obstacle('raises', { freeAt: freeAt?.toISOString() ?? null })]
      : []),
    ...(lacking > 0 ? [obstacle('balance', { lackingKopecks: lacking })] : []),
  ]
}
