import { createHash } from 'node:crypto'
import type { TrafficType } from '../../../../contracts/amounts.ts'
import {
  MARKET_UNIT,
  type MarketObstacle,
  type MarketRules,
  type Mood,
  type MyLot,
} from '../../../../contracts/market.ts'
import { type Db, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { addDays, type Draft, type Legs, packageOf, post, setAside, workOnLine } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { obstacle, refuseObstacles } from '../refuse.ts'
import { readRules } from '../rules/read-rules.ts'
import { noteChanges } from '../store/book.ts'
import { countActive, insertLot, type LotRow, selectDigest, selectLot } from '../store/lots.ts'
import { lockTraders, updateTraders } from '../store/traders.ts'
import { beginDay, requirePace, type Trader } from '../traders/trader.ts'
import { presentMyLot } from './present-lot.ts'
import { judgeListing } from './sellable.ts'
import { holderOf } from './seller.ts'

export interface NewLot {
  /** Made by the sender: a repeat lists once. */
  readonly id: string
  readonly lineId: string
  readonly type: TrafficType
  readonly units: number
  /** Of the whole lot. */
  readonly priceKopecks: number
  readonly moods: readonly Mood[]
  /** What buyers read; null = hidden. */
  readonly sellerName: string | null
}

/**
 * Puts a part of the period's package up for sale: its volume leaves the package into the line's hold. It comes back at the end of its days or
 * of the package, whichever is first.
 * Refuses with `not_found` (line), `market_refused` (`obstacles`), `rate_limited` (too many acts), `idempotency_key_reused`.
 */
export function listLot(db: Db, market: MarketContext, ask: NewLot): Promise<MyLot> {
  return inTransaction(db, (tx) =>
    workOnLine(tx, market.lines, ask.lineId, async (draft) => {
      const rules = await readRules(tx)
      const lot = (await repeated(tx, ask)) ?? (await list(tx, market, draft, ask, rules))
      return presentMyLot(lot, rules, market.clock.now())
    }),
  )
}

const digestOf = ({ lineId, type, units, priceKopecks, moods, sellerName }: NewLot): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([lineId, type, units, priceKopecks, moods, sellerName !== null]))
    .digest()

/** The lot that this very request has put up before. */
async function repeated(tx: Executor, ask: NewLot): Promise<LotRow | undefined> {
  const digest = await selectDigest(tx, ask.id)
  if (!digest) return undefined
  if (!digest.equals(digestOf(ask))) throw new Refusal('idempotency_key_reused', { id: ask.id })
  return selectLot(tx, ask.id)
}

async function list(
  tx: Executor,
  market: MarketContext,
  draft: Draft,
  ask: NewLot,
  rules: MarketRules,
): Promise<LotRow> {
  const now = market.clock.now()
  const { line } = draft
  const { type, units, priceKopecks } = ask
  const holder = await holderOf(tx, market.lines, line)
  const row = found((await lockTraders(tx, [holder.id], now)).get(holder.id), 'trader')
  const trader: Trader = { row, changed: false }
  requirePace(trader, rules, now)
  beginDay(trader, line, now)
  refuseObstacles([
    ...judgeListing({ line, kind: holder.kind, trader: row }, ask, rules, now),
    ...(await ofLimits(tx, trader, rules)),
  ])
  const bucket = found(packageOf(draft, type), 'package')
  const legs: Legs = new Map()
  setAside(draft, legs, bucket, units * MARKET_UNIT[type])
  post(draft, { scope: 'market', key: `list:${ask.id}`, kind: 'market-listed' }, now, legs)
  trader.row = { ...trader.row, listed: trader.row.listed + 1 }
  await updateTraders(tx, [trader.row])
  const days = addDays(now, line.timeZone, rules.lotDays)
  const lot = await insertLot(tx, {
    ...ask,
    sellerId: holder.id,
    moods: [...ask.moods],
    house: rules.housePartyIds.includes(holder.id),
    bucketId: bucket.id,
    digest: digestOf(ask),
    listedAt: now,
    endsAt: bucket.expiresAt && bucket.expiresAt < days ? bucket.expiresAt : days,
  })
  await noteChanges(tx, [{ type, units, priceKopecks, lots: 1 }])
  await market.announce(tx, { kind: 'book-changed', sizes: [{ type, units }] })
  return lot
}

async function ofLimits(tx: Executor, { row }: Trader, { limits }: MarketRules): Promise<MarketObstacle[]> {
  const active = await countActive(tx, row.partyId, limits.activeLots)
  return [
    ...(active >= limits.activeLots ? [obstacle('lots', { max: limits.activeLots })] : []),
    ...(row.listed >= limits.listingsPerDay
      ? [obstacle('listings-today', { max: limits.listingsPerDay })]
      : []),
  ]
}
