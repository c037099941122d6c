import type { ConsoleLot, marketConsole as contract } from '../../../contracts/market.ts'
import {
  freezeLot,
  freezeTrader,
  listDeals,
  listDealsOfLine,
  listLots,
  listRules,
  presentLots,
  publishRules,
  readOverview,
  readRulesVersion,
  readTrader,
  returnLot,
} from '../../operator/market/index.ts'
import type { Handlers, Staff } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { requireLook } from '../lines/index.ts'
import { maskNumber } from '../subscribers/index.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'

const masked = (lot: ConsoleLot): ConsoleLot => ({ ...lot, msisdn: maskNumber(lot.msisdn) })
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
    async listMarketDeals({ db, query: { seller, buyer, ...ask } }) {
      requireMarket(room)
      return listDeals(db, { sellerId: seller, buyerId: buyer }, ask)
    },
    async listDealsOfLine({ db, actor, params: { id }, query, request }) {
      const { context } = requireMarket(room)
      await requireLook(db, room.lines, actor, id, 'charges', request.ip)
      return listDealsOfLine(db, context, id, query)
    },
    async getTrader({ db, params: { id } }) {
      return readTrader(db, requireMarket(room).context, id)
    },
    async freezeLot({ db, actor, params: { id }, body }) {
      const { context } = requireMarket(room)
      const lot = await freezeLot(db, context, { id, ...body, by: actor.name }, (tx, before, after) =>
        room.recordChange(tx, {
          by: nameOf(actor),
          act: body.frozen ? 'market-lot.frozen' : 'market-lot.unfrozen',
          subject: `market-lot:${id}`,
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
          subject: `market-lot:${id}`,
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
          subject: `party:${id}`,
          before: { frozen: before.frozenAt !== null },
          after: { frozen: after.frozenAt !== null, reason: body.reason },
        }),
      )
      return readTrader(db, context, id)
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
  }
}
