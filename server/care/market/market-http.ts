import type { market as contract } from '../../../contracts/market.ts'
import {
  adviseSale,
  changeLot,
  FIRST_PAGE,
  lineOfLot,
  listDealsOfLine,
  listLot,
  listMyLots,
  packageEndsAt,
  quote,
  raiseLot,
  readBook,
  readHistory,
  readLot,
  readReceipt,
  readSellable,
  withdrawLot,
} from '../../operator/market/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers, Subscriber } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { byOfLooker, requireLook } from '../lines/index.ts'
import { disputeDeal } from './dispute-deal.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'

const LONGEST_NAME = 30

/** What buyers read of a seller: the first word of their name. */
const shownName = ({ name }: Subscriber): string | null =>
  name.trim().split(/\s+/u)[0]?.slice(0, LONGEST_NAME).toWellFormed() || null

/** The handlers of the `market` contract: owner and user of a line trade on it. */
export function marketHandlers(room: MarketRoom): Handlers<typeof contract> {
  /** Refuses with `not_found` (somebody else's line), `forbidden` (only trusted with it). */
  const trading = async (db: Executor, actor: Subscriber, lineId: string, address: string) =>
    byOfLooker(room.lines, actor, await requireLook(db, room.lines, actor, lineId, 'services', address))
  /** The same by a lot: somebody else's is none. */
  const sellingLot = async (db: Executor, actor: Subscriber, lotId: string, address: string) => {
    try {
      await trading(db, actor, await lineOfLot(db, lotId), address)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found')
        throw new Refusal('not_found', { what: 'lot' })
      throw error
    }
  }
  return {
    async getSellable({ db, actor, query, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, query.line, request.ip)
      return readSellable(db, context, query.line)
    },
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
    async adviseSale({ db, actor, query, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, query.line, request.ip)
      const endsAt = await packageEndsAt(db, context, query.line, query.type)
      const { line: lineId, ...ask } = query
      return adviseSale(db, context, { ...ask, lineId, endsAt })
    },
    async listMyLots({ db, actor, query: { line, active, ...ask }, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, line, request.ip)
      return listMyLots(db, context, line, { ...ask, active: active && active === 'yes' })
    },
    async listLot({ db, actor, body: { showName, ...lot }, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, lot.lineId, request.ip)
      return listLot(db, context, { ...lot, sellerName: showName ? shownName(actor) : null })
    },
    async changeLot({ db, actor, params: { id }, body: { showName, ...change }, request }) {
      const { context } = requireMarket(room)
      await sellingLot(db, actor, id, request.ip)
      const name = showName === undefined ? {} : { sellerName: showName ? shownName(actor) : null }
      return changeLot(db, context, { id, ...change, ...name })
    },
    async withdrawLot({ db, actor, params: { id }, request }) {
      const { context } = requireMarket(room)
      await sellingLot(db, actor, id, request.ip)
      return withdrawLot(db, context, id)
    },
    async raiseLot({ db, actor, params, body, request }) {
      const { context } = requireMarket(room)
      await sellingLot(db, actor, params.id, request.ip)
      return raiseLot(db, context, { ...body, lotId: params.id })
    },
    async quote({ db, actor, body, request }) {
      const { context } = requireMarket(room)
      const by = await trading(db, actor, body.lineId, request.ip)
      return quote(db, context, { ...body, by })
    },
    async buy({ db, actor, body, request }) {
      const { buy } = requireMarket(room)
      const by = await trading(db, actor, body.lineId, request.ip)
      return buy({ ...body, by })
    },
    async listMyDeals({ db, actor, query: { line, ...ask }, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, line, request.ip)
      return listDealsOfLine(db, context, line, ask)
    },
    async getMyDeal({ db, actor, params: { id }, query: { line }, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, line, request.ip)
      return readReceipt(db, context, line, id)
    },
    async disputeDeal({ db, actor, params, body: { lineId, ...dispute }, request }) {
      const { context } = requireMarket(room)
      await trading(db, actor, lineId, request.ip)
      const deal = await readReceipt(db, context, lineId, params.id)
      return { conversationNumber: await disputeDeal(db, room, actor, { ...dispute, deal }) }
    },
  }
}
