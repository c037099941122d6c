import type { MarketLot, MarketRules, MyLot } from '../../../../contracts/market.ts'
import type { LotRow } from '../store/lots.ts'

/** A lot as everybody sees it. */
export const presentLot = (lot: LotRow, now: Date): MarketLot => ({
  id: lot.id,
  type: lot.type,
  units: lot.units,
  priceKopecks: lot.priceKopecks,
  version: lot.version,
  sellerName: lot.sellerName,
  moods: lot.moods,
  house: lot.house,
  raised: lot.raisedUntil !== null && lot.raisedUntil > now,
  listedAt: lot.listedAt.toISOString(),
})

/** What the operator keeps of a price, in kopecks; half a kopeck is the seller's. */
export const feeOfPrice = (
  priceKopecks: number,
  { feeBasisPoints }: Pick<MarketRules, 'feeBasisPoints'>,
): number => Math.floor((priceKopecks * feeBasisPoints) / 10_000)

/** A lot as its seller sees it. */
export const presentMyLot = (lot: LotRow, rules: MarketRules, now: Date): MyLot => ({
  ...presentLot(lot, now),
  lineId: lot.lineId,
  state: lot.state,
  returned: lot.returned,
  frozen: lot.frozen,
  endsAt: lot.endsAt.toISOString(),
  raisedUntil: lot.raisedUntil?.toISOString() ?? null,
  closedAt: lot.closedAt?.toISOString() ?? null,
  dealId: lot.dealId,
  feeKopecks: feeOfPrice(lot.priceKopecks, rules),
})
