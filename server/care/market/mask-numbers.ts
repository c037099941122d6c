import type { ConsoleDeal, ConsoleLot, Trader } from '../../../contracts/market.ts'
import { maskNumber } from '../subscribers/index.ts'

/** The console shows no number whole. */
export const maskedLot = (lot: ConsoleLot): ConsoleLot => ({ ...lot, msisdn: maskNumber(lot.msisdn) })

export const maskedDeal = <Deal extends Pick<ConsoleDeal, 'sellerMsisdn' | 'buyerMsisdn'>>(
  deal: Deal,
): Deal => ({
  ...deal,
  sellerMsisdn: maskNumber(deal.sellerMsisdn),
  buyerMsisdn: maskNumber(deal.buyerMsisdn),
})

export const maskedTrader = (trader: Trader): Trader => ({
  ...trader,
  numbers: trader.numbers.map((one) => ({ ...one, msisdn: maskNumber(one.msisdn) })),
})
