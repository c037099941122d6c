import type { market as contract } from '../../../contracts/market.ts'
import {
  FIRST_PAGE,
  listDealsOfLine,
  quote,
  readBook,
  readHistory,
  readLot,
  readReceipt,
} from '../../operator/market/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { disputeDeal } from './dispute-deal.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'
import { sellingHandlers } from './selling-http.ts'
import { requireTrading } from './trading.ts'

/** The handlers of the `market` contract: owner and user of a line trade on it. */
export function marketHandlers(room: MarketRoom): Handlers<typeof contract> {
  return {
    ...sellingHandlers(room),
    async listTiers({ query: { type } }) {
      return { type, ...(await requireMarket(room).book.tiers(type)) }
    },
    async readBook({ db, query: { type, units = null, after, limit } }) {
      const { context, book } = requireMarket(room)
      if (after === undefined && limit === FIRST_PAGE) return book.firstPage(type, units)
      return readBook(db, context, { type, units, after, limit })
    },
    async getLot({ db, params: { id } }) {
      return readLot(db, requireMarket(room).context, id)
    },
    async readHistory({ db, query: { type, units = null, days } }) {
      return readHistory(db, requireMarket(room).context, { type, units, days })
    },
    async quote({ db, actor, body, request }) {
      const { context } = requireMarket(room)
      const by = await requireTrading(room, db, actor, body.lineId, request.ip)
      return quote(db, context, { ...body, by })
    },
    async buy({ db, actor, body, request }) {
      const { buy } = requireMarket(room)
      const by = await requireTrading(room, db, actor, body.lineId, request.ip)
      return buy({ ...body, by })
    },
    async listMyDeals({ db, actor, query: { line, ...ask }, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, line, request.ip)
      return listDealsOfLine(db, context, line, ask)
    },
    async getMyDeal({ db, actor, params: { id }, query: { line }, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, line, request.ip)
      return readReceipt(db, context, line, id)
    },
    async disputeDeal({ db, actor, params, body: { lineId, ...dispute }, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, lineId, request.ip)
      const deal = await readReceipt(db, context, lineId, params.id)
      return { conversationNumber: await disputeDeal(db, room, actor, { ...dispute, deal }) }
    },
  }
}
