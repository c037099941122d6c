import { MARKET_UNIT, type MarketRules } from '../../../../contracts/market.ts'
import { systemAccount } from '../../ledger/index.ts'
import {
  addDays,
  addEmptyBucket,
  addLeg,
  charge,
  type Draft,
  type Legs,
  post,
  takeHeld,
  tryAgain,
} from '../../lines/index.ts'
import { feeOfPrice } from '../lots/present-lot.ts'
import type { LotRow } from '../store/lots.ts'
import { TITLES } from '../titles.ts'

/** What a deal came to. */
export interface Made {
  readonly bucketId: string
  readonly feeKopecks: number
  readonly usableUntil: Date
}

/**
 * Moves a lot, which may be bought: money to the seller less the fee, volume out of the hold into a bucket of its own that ends by itself.
 * One transfer, under the lot's name: it happens once.
 */
export function makeDeal(buyer: Draft, seller: Draft, lot: LotRow, rules: MarketRules, now: Date): Made {
  const { type, units, priceKopecks } = lot
  const amount = units * MARKET_UNIT[type]
  const feeKopecks = feeOfPrice(priceKopecks, rules)
  const usableUntil = addDays(now, buyer.line.timeZone, rules.boughtDays)
  const legs: Legs = new Map()
  addLeg(legs, buyer.line.cash.id, -priceKopecks)
  addLeg(legs, seller.line.cash.id, priceKopecks - feeKopecks)
  if (feeKopecks > 0) addLeg(legs, systemAccount('income:market', 'kopecks'), feeKopecks)
  buyer.line.cash.balance -= priceKopecks
  seller.line.cash.balance += priceKopecks - feeKopecks
  takeHeld(seller, legs, type, amount)
  const bucketId = fillBought(buyer, legs, lot, { amount, now, usableUntil })
  const memo = { category: 'market', lotId: lot.id }
  const transfer = post(
    buyer,
    { scope: 'market', key: `deal:${lot.id}`, kind: 'market-deal' },
    now,
    legs,
    memo,
  )
  const row = { at: now, category: 'market' } as const
  charge(buyer, transfer, { ...row, kopecks: -priceKopecks, title: TITLES.bought(type, units) })
  charge(seller, transfer, { ...row, kopecks: priceKopecks, title: TITLES.sold(type, units) })
  charge(seller, transfer, { ...row, kopecks: -feeKopecks, title: TITLES.fee(type, units) })
  return { bucketId, feeKopecks, usableUntil }
}

/** What waits for money on a seller's line goes on; after all deals of one are made. */
export function letGoOn({ draft, now }: { readonly draft: Draft; readonly now: Date }): void {
  const { line } = draft
  const waits =
    line.state !== 'active' ||
    line.connected.some(({ pausedFor }) => pausedFor !== null) ||
    line.retryAt !== null
  if (waits) tryAgain(draft, now)
}

function fillBought(
  draft: Draft,
  legs: Legs,
  { type }: LotRow,
  { amount, now, usableUntil }: { readonly amount: number; readonly now: Date; readonly usableUntil: Date },
): string {
  const nothing = { source: 'bought', offeringId: null, connectedId: null } as const
  const bucket = addEmptyBucket(draft, { ...nothing, type, filledAt: now })
  bucket.total = amount
  bucket.left = amount
  bucket.expiresAt = usableUntil
  bucket.ended = false
  addLeg(legs, bucket.id, amount)
  return bucket.id
}
