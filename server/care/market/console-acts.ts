import type { marketConsole as contract } from '../../../contracts/market.ts'
import {
  freezeLot,
  freezeTrader,
  presentLots,
  publishRules,
  readTrader,
  returnLot,
} from '../../operator/market/index.ts'
import type { Handlers, Staff } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { type MarketRoom, requireMarket } from './market-room.ts'
import { maskedLot, maskedTrader } from './mask-numbers.ts'

/** Everything that the staff do on the Market, as the audit calls it. */
export const ACTS = [
  'market-lot.frozen',
  'market-lot.unfrozen',
  'market-lot.returned',
  'trader.frozen',
  'trader.unfrozen',
  'market-rules.published',
] as const
/** Of what it was done, as the audit calls it. */
export const subjectOf = {
  lot: (id: string) => `market-lot:${id}`,
  trader: (id: string) => `party:${id}`,
}
const nameOf = ({ id, name }: Staff) => ({ id, name })

type Act = 'freezeLot' | 'returnLot' | 'freezeTrader' | 'publishMarketRules'

/** What the staff do on the Market: each stands in the audit with what was before and after. */
export function consoleActs(room: MarketRoom): Pick<Handlers<typeof contract>, Act> {
  return {
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
      return maskedLot(found((await presentLots(db, context, [lot]))[0], 'lot'))
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
      return maskedLot(found((await presentLots(db, context, [lot]))[0], 'lot'))
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
  }
}
