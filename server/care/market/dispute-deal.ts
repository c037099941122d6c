import type { DealReceipt } from '../../../contracts/market.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Subscriber } from '../../platform/http/index.ts'
import { writeAbout } from '../my/index.ts'
import type { MarketRoom } from './market-room.ts'

export interface Dispute {
  /** Made by the sender: a repeat asks once. */
  readonly id: string
  readonly deal: DealReceipt
  readonly words: string
}

/**
 * Something was wrong with a deal: a message on the person's lane in the app that carries it, so that nobody asks which one. Gives the
 * conversation's number. Refuses with `rate_limited`.
 */
export function disputeDeal(
  db: Executor,
  room: MarketRoom,
  actor: Subscriber,
  { id, deal, words }: Dispute,
): Promise<number | null> {
  return writeAbout(db, room.my, actor, {
    key: `deal:${actor.id}:${deal.id}:${id}`,
    text: (locale) => room.disputeText({ deal, words }, locale),
    about: { kind: 'deal', lineId: deal.lineId, dealId: deal.id, number: deal.number },
  })
}
