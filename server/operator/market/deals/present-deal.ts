import type { ConsoleDeal, DealReceipt } from '../../../../contracts/market.ts'
import type { DealRow } from '../store/deals.ts'

const DAY_MS = 86_400_000

const reversalOf = ({ reversedAt, reversedKopecks }: DealRow) =>
  reversedAt && { at: reversedAt.toISOString(), kopecks: reversedKopecks ?? 0 }

/** A deal as one of its sides may see it: nothing of the other but what a seller shows. */
export function presentDeal(deal: DealRow, side: DealReceipt['side']): DealReceipt {
  const bought = side === 'bought'
  return {
    id: deal.id,
    number: deal.number,
    side,
    lineId: bought ? deal.buyerLineId : deal.sellerLineId,
    lotId: deal.lotId,
    type: deal.type,
    units: deal.units,
    priceKopecks: deal.priceKopecks,
    feeKopecks: bought ? 0 : deal.feeKopecks,
    otherName: bought ? deal.sellerName : null,
    at: deal.at.toISOString(),
    usableUntil: bought ? deal.usableUntil.toISOString() : null,
    reversed: reversalOf(deal),
  }
}

/** Until when a deal can be taken back. */
export const reversibleUntil = ({ at }: Pick<DealRow, 'at'>, reversalDays: number): Date =>
  new Date(at.getTime() + reversalDays * DAY_MS)

/** A deal as the staff see it, but for orders about it; `numbers` by line, as they are to be shown. */
export const presentForConsole = (
  deal: DealRow,
  reversalDays: number,
  numbers: ReadonlyMap<string, string>,
): Omit<ConsoleDeal, 'waits'> => ({
  id: deal.id,
  number: deal.number,
  lotId: deal.lotId,
  type: deal.type,
  units: deal.units,
  priceKopecks: deal.priceKopecks,
  feeKopecks: deal.feeKopecks,
  sellerLineId: deal.sellerLineId,
  sellerId: deal.sellerId,
  buyerLineId: deal.buyerLineId,
  buyerId: deal.buyerId,
  sellerMsisdn: numbers.get(deal.sellerLineId) ?? '',
  buyerMsisdn: numbers.get(deal.buyerLineId) ?? '',
  at: deal.at.toISOString(),
  usableUntil: deal.usableUntil.toISOString(),
  reversed: reversalOf(deal),
  reversibleUntil: reversibleUntil(deal, reversalDays).toISOString(),
})
