import type { market as contract } from '../../../contracts/market.ts'
import {
  adviseSale,
  changeLot,
  lineOfLot,
  listLot,
  listMyLots,
  packageEndsAt,
  raiseLot,
  readSellable,
  withdrawLot,
} from '../../operator/market/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers, Subscriber } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'
import { requireTrading } from './trading.ts'

const LONGEST_NAME = 30

/** What buyers read of a seller: the first word of their name. */
const shownName = ({ name }: Subscriber): string | null =>
  name.trim().split(/\s+/u)[0]?.slice(0, LONGEST_NAME).toWellFormed() || null

/** Somebody else's lot is none. */
async function requireOwnLot(
  room: MarketRoom,
  db: Executor,
  actor: Subscriber,
  lotId: string,
  address: string,
): Promise<void> {
  try {
    await requireTrading(room, db, actor, await lineOfLot(db, lotId), address)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found')
      throw new Refusal('not_found', { what: 'lot' })
    throw error
  }
}

type Selling =
  | 'getSellable'
  | 'adviseSale'
  | 'listMyLots'
  | 'listLot'
  | 'changeLot'
  | 'withdrawLot'
  | 'raiseLot'

/** Putting up, changing, raising and taking back one's own lots. */
export function sellingHandlers(room: MarketRoom): Pick<Handlers<typeof contract>, Selling> {
  return {
    async getSellable({ db, actor, query, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, query.line, request.ip)
      return readSellable(db, context, query.line)
    },
    async adviseSale({ db, actor, query, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, query.line, request.ip)
      const endsAt = await packageEndsAt(db, context, query.line, query.type)
      const { line: lineId, ...ask } = query
      return adviseSale(db, context, { ...ask, lineId, endsAt })
    },
    async listMyLots({ db, actor, query: { line, active, ...ask }, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, line, request.ip)
      return listMyLots(db, context, line, { ...ask, active: active && active === 'yes' })
    },
    async listLot({ db, actor, body: { showName, ...lot }, request }) {
      const { context } = requireMarket(room)
      await requireTrading(room, db, actor, lot.lineId, request.ip)
      return listLot(db, context, { ...lot, sellerName: showName ? shownName(actor) : null })
    },
    async changeLot({ db, actor, params: { id }, body: { showName, ...change }, request }) {
      const { context } = requireMarket(room)
      await requireOwnLot(room, db, actor, id, request.ip)
      const name = showName === undefined ? {} : { sellerName: showName ? shownName(actor) : null }
      return changeLot(db, context, { id, ...change, ...name })
    },
    async withdrawLot({ db, actor, params: { id }, request }) {
      const { context } = requireMarket(room)
      await requireOwnLot(room, db, actor, id, request.ip)
      return withdrawLot(db, context, id)
    },
    async raiseLot({ db, actor, params, body, request }) {
      const { context } = requireMarket(room)
      await requireOwnLot(room, db, actor, params.id, request.ip)
      return raiseLot(db, context, { ...body, lotId: params.id })
    },
  }
}
