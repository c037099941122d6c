import type { ConsoleDeal, ConsoleLot, marketConsole as contract, Trader } from '../../../contracts/market.ts'
import {
  appraiseReversal,
  findTraderByNumber,
  freezeLot,
  freezeTrader,
  listBook,
  listDeals,
  listDealsOfLine,
  listLots,
  listRules,
  presentLots,
  publishRules,
  readOverview,
  readReceipt,
  readRulesVersion,
  readTrader,
  returnLot,
} from '../../operator/market/index.ts'
import { findReversal, reversalsWaiting } from '../../operator/orders/index.ts'
import type { Handlers, Staff } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { requireLook } from '../lines/index.ts'
import { maskNumber } from '../subscribers/index.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'

const masked = (lot: ConsoleLot): ConsoleLot => ({ ...lot, msisdn: maskNumber(lot.msisdn) })
const maskedDeal = <Deal extends Pick<ConsoleDeal, 'sellerMsisdn' | 'buyerMsisdn'>>(deal: Deal): Deal => ({
  ...deal,
  sellerMsisdn: maskNumber(deal.sellerMsisdn),
  buyerMsisdn: maskNumber(deal.buyerMsisdn),
})
const maskedTrader = (trader: Trader): Trader => ({
  ...trader,
  numbers: trader.numbers.map((one) => ({ ...one, msisdn: maskNumber(one.msisdn) })),
})
/** Everything that the staff do on the Market, as the audit calls it. */
const ACTS = [
  'market-lot.frozen',
  'market-lot.unfrozen',
  'market-lot.returned',
  'trader.frozen',
  'trader.unfrozen',
  'market-rules.published',
] as const
const subjectOf = {
  lot: (id: string) => `market-lot:${id}`,
  trader: (id: string) => `party:${id}`,
}
const nameOf = ({ id, name }: Staff) => ({ id, name })

/** The handlers of the `marketConsole` contract: numbers are masked, what is changed stands in the audit. */
export function consoleHandlers(room: MarketRoom): Handlers<typeof contract> {
  return {
    async getMarketOverview({ db }) {
      return readOverview(db, requireMarket(room).context)
    },
    async listMarketLots({ db, query: { line, seller, frozen, ...ask } }) {
      const filter = { lineId: line, sellerId: seller, frozen: frozen === 'yes' }
      const page = await listLots(db, requireMarket(room).context, filter, ask)
      return { ...page, items: page.items.map(masked) }
    },
    async listMarketDeals({ db, query: { seller, buyer, lot, ...ask } }) {
      requireMarket(room)
      const page = await listDeals(db, { sellerId: seller, buyerId: buyer, lotId: lot }, ask)
      const waiting = await reversalsWaiting(
        db,
        page.items.map(({ id }) => id),
      )
      return {
        ...page,
        items: page.items.map((deal) => ({ ...maskedDeal(deal), waits: waiting.has(deal.id) })),
      }
    },
    async readMarketBook({ db, query: { type, units = null, ...ask } }) {
      const page = await listBook(db, requireMarket(room).context, { type, units }, ask)
      return { ...page, items: page.items.map(masked) }
    },
    async listDealsOfLine({ db, actor, params: { id }, query, request }) {
      const { context } = requireMarket(room)
      await requireLook(db, room.lines, actor, id, 'charges', request.ip)
      return listDealsOfLine(db, context, id, query)
    },
    async getDealOfLine({ db, actor, params: { id, dealId }, request }) {
      const { context } = requireMarket(room)
      await requireLook(db, room.lines, actor, id, 'charges', request.ip)
      const receipt = await readReceipt(db, context, id, dealId)
      const reversal = await appraiseReversal(db, context, id, dealId)
      return { ...receipt, reversal, order: (await findReversal(db, dealId)) ?? null }
    },
    async findTrader({ db, actor, query: { msisdn }, request }) {
      const { context } = requireMarket(room)
      const { lineId, partyId } = await findTraderByNumber(db, context, msisdn)
      await room.lines.recordLook(db, { actor, contactPointId: lineId, address: request.ip })
      return maskedTrader(await readTrader(db, context, partyId))
    },
    async getTrader({ db, params: { id } }) {
      return maskedTrader(await readTrader(db, requireMarket(room).context, id))
    },
    async freezeLot({ db, actor, params: { id }, body }) {
      const { context } = requireMarket(room)
      const lot = await freezeLot(db, context, { id, ...body, by: actor.name }, (tx, before, after) =>
        room.recordChange(tx, {
          by: nameOf(actor),
          act: body.frozen ? 'market-lot.frozen' : 'market-lot.unfrozen',
          subject: subjectOf.lot(id),
          before: { frozen: before.frozen },
          after: { frozen: after.frozen, reason: body.reason },
        }),
      )
      return masked(found((await presentLots(db, context, [lot]))[0], 'lot'))
    },
    async returnLot({ db, actor, params: { id }, body }) {
      const { context } = requireMarket(room)
      const lot = await returnLot(db, context, id, (tx, before, after) =>
        room.recordChange(tx, {
          by: nameOf(actor),
          act: 'market-lot.returned',
          subject: subjectOf.lot(id),
          before: { state: before.state },
          after: { state: after.state, reason: body.reason },
        }),
      )
      return masked(found((await presentLots(db, context, [lot]))[0], 'lot'))
    },
    async freezeTrader({ db, actor, params: { id }, body }) {
      const { context } = requireMarket(room)
      // Nobody is frozen whom the books do not know.
      await readTrader(db, context, id)
      await freezeTrader(db, context, { id, ...body, by: actor.name }, (tx, before, after) =>
        room.recordChange(tx, {
          by: nameOf(actor),
          act: body.frozen ? 'trader.frozen' : 'trader.unfrozen',
          subject: subjectOf.trader(id),
          before: { frozen: before.frozenAt !== null },
          after: { frozen: after.frozenAt !== null, reason: body.reason },
        }),
      )
      return maskedTrader(await readTrader(db, context, id))
    },
    async getMarketRules({ db }) {
      requireMarket(room)
      return readRulesVersion(db)
    },
    async publishMarketRules({ db, actor, body }) {
      const { context } = requireMarket(room)
      return publishRules(db, context, { ...body, by: actor.name }, (tx, before, after) =>
        room.recordChange(tx, {
          by: nameOf(actor),
          act: 'market-rules.published',
          subject: 'market-rules',
          before,
          after,
        }),
      )
    },
    async listMarketRules({ db }) {
      requireMarket(room)
      return listRules(db)
    },
    async listMarketChanges({ db, query: { lot, trader, ...ask } }) {
      requireMarket(room)
      const subject = lot ? subjectOf.lot(lot) : trader && subjectOf.trader(trader)
      return room.listChanges(db, subject ? { subject } : { acts: ACTS }, ask)
    },
  }
}
