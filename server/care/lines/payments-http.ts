import type { payments, TopUp } from '../../../contracts/payments.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { maskMailbox, maskNumber } from '../subscribers/index.ts'
import type { LinesRoom } from './lines-room.ts'
import { byOfLooker, type Looker, requireLook } from './look-at-line.ts'

/** The handlers of the `payments` contract: whoever sees a line may put money on it. */
export function paymentsHandlers(room: LinesRoom): Handlers<typeof payments> {
  const { edge } = room
  return {
    async startTopUp({ db, actor, params, body, request }) {
      const standing = await requireLook(db, room, actor, params.id, 'glance', request.ip)
      return edge.startTopUp(db, byOfLooker(room, actor, standing), { ...body, lineId: params.id })
    },
    async getTopUp({ db, actor, params: { id }, request }) {
      const topUp = found(await edge.findTopUp(db, id), 'top-up')
      await requireLook(db, room, actor, topUp.lineId, 'glance', request.ip)
      return forLooker(topUp, actor)
    },
    async getTopUpTerms({ db, actor, params: { id }, request }) {
      const { role } = await requireLook(db, room, actor, id, 'glance', request.ip)
      const terms = found(await edge.readTopUpTerms(db, id), 'line')
      return role === 'owner' ? terms : { ...terms, method: null }
    },
    async listTopUps({ db, actor, params: { id }, query, request }) {
      const { role } = await requireLook(db, room, actor, id, 'glance', request.ip)
      // Who may only put money on it goes back to what they began themselves.
      const payerId = role === null || role === 'owner' ? undefined : actor.id
      const { items, next } = await edge.listPayments(db, id, { ...query, payerId })
      return {
        items: items.map(({ provider: _, providerId: __, received: ___, ...topUp }) =>
          forLooker(topUp, actor),
        ),
        next,
      }
    },
    async listMissingReceipts({ db, query }) {
      const { items, next } = await edge.listMissingReceipts(db, query)
      return { items: items.map((one) => ({ ...one, to: masked(one.to) })), next }
    },
    async putReceiptRight({ db, actor, params: { id }, body }) {
      const righted = await edge.putReceiptRight(db, { id, ...body, by: actor.name }, (tx) =>
        room.recordChange(tx, {
          by: { id: actor.id, name: actor.name },
          act: 'receipt.righted',
          subject: `top-up:${id}`,
          after: { how: body.how },
        }),
      )
      return forLooker(righted, actor)
    },
    async listUnknownRefunds({ db, query }) {
      return edge.listUnknownRefunds(db, query)
    },
    async listUnknownTopUps({ db, query }) {
      return edge.listUnknownTopUps(db, query)
    },
  }
}

/** Where it is paid is for people of the line alone, and so is where its receipt went. */
function forLooker(topUp: TopUp, { kind }: Looker): TopUp {
  if (kind === 'subscriber') return topUp
  const { receipt } = topUp
  return { ...topUp, redirectUrl: null, receipt: receipt && { ...receipt, to: masked(receipt.to) } }
}

const masked = (to: string): string => (to.includes('@') ? maskMailbox(to) : maskNumber(to))
