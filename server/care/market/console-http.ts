import type { marketConsole as contract } from '../../../contracts/market.ts'
import {
  appraiseReversal,
  findTraderByNumber,
  listBook,
  listDeals,
  listDealsOfLine,
  listLots,
  listRules,
  readOverview,
  readReceipt,
  readRulesVersion,
  readTrader,
} from '../../operator/market/index.ts'
import { findReversal, reversalsWaiting } from '../../operator/orders/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { requireLook } from '../lines/index.ts'
import { ACTS, consoleActs, subjectOf } from './console-acts.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'
import { maskedDeal, maskedLot, maskedTrader } from './mask-numbers.ts'

/** The handlers of the `marketConsole` contract: numbers are masked, what is changed stands in the audit. */
export function consoleHandlers(room: MarketRoom): Handlers<typeof contract> {
  return {
    ...consoleActs(room),
    async getMarketOverview({ db }) {
      return readOverview(db, requireMarket(room).context)
    },
    async listMarketLots({ db, query: { line, seller, frozen, ...ask } }) {
      const filter = { lineId: line, sellerId: seller, frozen: frozen === 'yes' }
      const page = await listLots(db, requireMarket(room).context, filter, ask)
      return { ...page, items: page.items.map(maskedLot) }
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
      return { ...page, items: page.items.map(maskedLot) }
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
    async getMarketRules({ db }) {
      requireMarket(room)
      return readRulesVersion(db)
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
