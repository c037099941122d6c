import type { TrafficType } from '../../../../contracts/amounts.ts'
import { type DealAtDesk, MARKET_UNIT, type MarketOnTimeline } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { systemAccount } from '../../ledger/index.ts'
import {
  addLeg,
  type Conflict,
  charge,
  conflict,
  type Draft,
  dropBucket,
  giveBack,
  type Legs,
  type LineState,
  packageOf,
  post,
  readState,
  refuseIfAny,
  stateConflicts,
  tryAgain,
  unitOf,
  workOnLines,
} from '../../lines/index.ts'
import { itemsOf } from '../lots/end-lots.ts'
import { holderOf } from '../lots/seller.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { type DealRow, lockDeal, markReversed, selectDeal } from '../store/deals.ts'
import { TITLES } from '../titles.ts'
import { reversibleUntil } from './present-deal.ts'

export interface Reversal {
  readonly dealId: string
  /** What the buyer gets back: at most the price of what they have not used. */
  readonly amountKopecks: number
}

/** Both lines of a deal, for who locks them before anything else; none if nobody knows it. */
export async function linesOfDeal(db: Executor, dealId: string): Promise<string[]> {
  const deal = await selectDeal(db, dealId)
  return deal ? [deal.buyerLineId, deal.sellerLineId] : []
}

/** What taking back a deal does to the line that it is asked for on: the buyer's or the seller's. */
export type ReversalEffect =
  | { readonly side: 'buyer'; readonly receivesKopecks: number; readonly loses: Volume | null }
  | { readonly side: 'seller'; readonly paysKopecks: number; readonly regains: Volume | null }

interface Volume {
  readonly type: TrafficType
  readonly amount: number
}

/** What taking back a deal, asked for on the line of either of its sides, would do to that line, and what is in the way. */
export async function judgeReversal(
  db: Executor,
  market: MarketContext,
  line: LineState,
  reversal: Reversal,
): Promise<{ readonly conflicts: Conflict[]; readonly effect: ReversalEffect | null }> {
  const deal = await selectDeal(db, reversal.dealId)
  if (!deal || !isOf(deal, line.id)) return { conflicts: [conflict('unknown-deal')], effect: null }
  const buyer = await buyerOf(db, market, line, deal)
  const conflicts = await judge(db, market, { asking: line, buyer }, deal, reversal)
  const { left } = unusedOf(buyer, deal)
  const volume = left > 0 ? { type: deal.type, amount: left } : null
  if (buyer === line)
    return { conflicts, effect: { side: 'buyer', receivesKopecks: reversal.amountKopecks, loses: volume } }
  const { fromSeller } = sharesOf(deal, reversal.amountKopecks, line)
  const regains = isPackageOf(line, deal) ? volume : null
  return { conflicts, effect: { side: 'seller', paysKopecks: fromSeller, regains } }
}

const isOf = ({ buyerLineId, sellerLineId }: DealRow, lineId: string) =>
  lineId === buyerLineId || lineId === sellerLineId

/** The buyer's line, which is the one at hand or the other one of the deal. */
async function buyerOf(
  db: Executor,
  market: MarketContext,
  line: LineState,
  { buyerLineId }: DealRow,
): Promise<LineState> {
  return line.id === buyerLineId ? line : found(await readState(db, market.lines, buyerLineId), 'line')
}

/**
 * Whether a deal can be taken back now on the line of one of its sides, and what could be given to the buyer for it.
 * Refuses with `not_found`.
 */
export async function appraiseReversal(
  db: Executor,
  market: MarketContext,
  lineId: string,
  dealId: string,
): Promise<DealAtDesk['reversal']> {
  const deal = found(await selectDeal(db, dealId), 'deal')
  found(isOf(deal, lineId) ? deal : undefined, 'deal')
  const asking = found(await readState(db, market.lines, lineId), 'line')
  const line = await buyerOf(db, market, asking, deal)
  const { left, kopecks } = unusedOf(line, deal)
  const { reversalDays } = await readRules(db)
  // Of nothing, so that what is in the way is never the sum.
  const [first] = await judge(db, market, { asking, buyer: line }, deal, { dealId, amountKopecks: 0 })
  return {
    maxKopecks: kopecks,
    unusedUnits: left / MARKET_UNIT[deal.type],
    until: reversibleUntil(deal, reversalDays).toISOString(),
    obstacle: OBSTACLES.find((one) => one === first?.conflict) ?? (kopecks === 0 ? 'used-up' : null),
  }
}

const OBSTACLES = ['already', 'too-late', 'line-state', 'unknown-deal'] as const

interface Lines {
  /** On whose line it is asked for: the buyer's own or the seller's. */
  readonly asking: LineState
  readonly buyer: LineState
}

async function judge(
  db: Executor,
  market: MarketContext,
  { asking, buyer }: Lines,
  deal: DealRow,
  { amountKopecks }: Reversal,
): Promise<Conflict[]> {
  const states = stateConflicts(buyer, 'receive')
  if (states.length > 0) return states
  // Whoever has the numbers now has paid nothing, and has sold nothing.
  const heldBy = async (line: LineState, partyId: string) =>
    (await holderOf(db, market.lines, line)).id === partyId
  const isBuyers = await heldBy(buyer, deal.buyerId)
  if (!isBuyers || (asking.id === deal.sellerLineId && !(await heldBy(asking, deal.sellerId))))
    return [conflict('unknown-deal')]
  if (deal.reversedAt) return [conflict('already')]
  const { reversalDays } = await readRules(db)
  const maxKopecks = unusedOf(buyer, deal).kopecks
  return [
    ...(market.clock.now() > reversibleUntil(deal, reversalDays) ? [conflict('too-late')] : []),
    ...(amountKopecks > maxKopecks ? [conflict('limit', null, { maxKopecks })] : []),
  ]
}

/** What the buyer has left of it, and what that cost. */
function unusedOf({ buckets }: LineState, { bucketId, type, units, priceKopecks }: DealRow) {
  const bucket = buckets.find(({ id, ended }) => id === bucketId && !ended)
  const left = bucket?.left ?? 0
  return { bucket, left, kopecks: Math.floor((priceKopecks * left) / (units * MARKET_UNIT[type])) }
}

/**
 * Takes a deal back, asked for on the line of either side: the buyer gets money for what they have not used, from the seller and the fee in their proportion; what the seller has
 * not got any more the operator bears. What is left of the volume returns to the seller's package, if that is the one it came from, else to
 * the network.
 * Refuses with `not_found`, `order_refused` (those of `judgeReversal`).
 * @param ref the order's: a repeat takes back once
 */
export async function reverseDeal(
  tx: Executor,
  market: MarketContext,
  reversal: Reversal & { readonly lineId: string; readonly ref: string },
): Promise<void> {
  const lineIds = await linesOfDeal(tx, reversal.dealId)
  if (!lineIds.includes(reversal.lineId)) return refuseIfAny([conflict('unknown-deal')])
  const taken = await workOnLines(tx, market.lines, lineIds, async ([buyer, seller]) => {
    if (!buyer || !seller) throw new Error('two lines were locked')
    const deal = found(await lockDeal(tx, reversal.dealId), 'deal')
    const asking = reversal.lineId === deal.sellerLineId ? seller.line : buyer.line
    refuseIfAny(await judge(tx, market, { asking, buyer: buyer.line }, deal, reversal))
    const now = market.clock.now()
    const fromSeller = move(buyer, seller, deal, reversal, now)
    await markReversed(tx, deal.id, { at: now, kopecks: reversal.amountKopecks })
    return { deal, fromSeller }
  })
  await tellBoth(tx, market, taken.deal, { buyer: reversal.amountKopecks, seller: -taken.fromSeller })
}

function move(
  buyer: Draft,
  seller: Draft,
  deal: DealRow,
  { amountKopecks, ref }: Reversal & { readonly ref: string },
  now: Date,
): number {
  const { type, units } = deal
  const legs: Legs = new Map()
  const { share, fromSeller } = sharesOf(deal, amountKopecks, seller.line)
  addLeg(legs, buyer.line.cash.id, amountKopecks)
  addLeg(legs, seller.line.cash.id, -fromSeller)
  addLeg(legs, systemAccount('income:market', 'kopecks'), share - amountKopecks)
  addLeg(legs, systemAccount('loss:market', 'kopecks'), fromSeller - share)
  buyer.line.cash.balance += amountKopecks
  seller.line.cash.balance -= fromSeller
  returnVolume(buyer, seller, legs, deal)
  const memo = { category: 'market', dealId: deal.id }
  const transfer = post(
    buyer,
    { scope: 'market', key: `reverse:${ref}`, kind: 'market-reversal' },
    now,
    legs,
    memo,
  )
  const row = { at: now, category: 'market' } as const
  charge(buyer, transfer, { ...row, kopecks: amountKopecks, title: TITLES.moneyBack(type, units) })
  charge(seller, transfer, { ...row, kopecks: -fromSeller, title: TITLES.takenBack(type, units) })
  tryAgain(buyer, now)
  return fromSeller
}

/** What of an amount is the seller's to give back, and what of that they have. */
function sharesOf({ priceKopecks, feeKopecks }: DealRow, amountKopecks: number, seller: LineState) {
  const share = Math.ceil((amountKopecks * (priceKopecks - feeKopecks)) / priceKopecks)
  return { share, fromSeller: seller.endedAt === null ? Math.min(share, seller.cash.balance) : 0 }
}

/** Does the seller's line still have the package that was sold from? */
function isPackageOf(seller: LineState, deal: DealRow): boolean {
  const source = packageOf({ line: seller }, deal.type)
  return source !== undefined && source.filledAt <= deal.at
}

function returnVolume(buyer: Draft, seller: Draft, legs: Legs, deal: DealRow): void {
  const { bucket, left } = unusedOf(buyer.line, deal)
  if (!bucket) return
  addLeg(legs, bucket.id, -left)
  bucket.left = 0
  dropBucket(buyer, bucket)
  if (isPackageOf(seller.line, deal)) giveBack(seller, legs, deal.type, left)
  else addLeg(legs, systemAccount('network', unitOf(deal.type)), left)
}

async function tellBoth(
  tx: Executor,
  market: MarketContext,
  deal: DealRow,
  kopecks: { readonly buyer: number; readonly seller: number },
): Promise<void> {
  const what = (moved: number): MarketOnTimeline => ({
    event: 'reversed',
    items: itemsOf([deal]),
    kopecks: moved,
    dealIds: [deal.id],
    why: null,
  })
  const name = `reversed:${deal.id}`
  await market.announce(tx, {
    kind: 'market-happened',
    happenings: [
      { lineId: deal.buyerLineId, name, what: what(kopecks.buyer) },
      { lineId: deal.sellerLineId, name, what: what(kopecks.seller) },
    ],
  })
}
