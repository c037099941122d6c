import type { Executor } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { MyRoom } from '../my-room.ts'
import { writeAbout } from '../story/write-about.ts'

export interface RefundRequest {
  readonly lineId: string
  /** The paid subscription on it. */
  readonly connectedId: string
  readonly words: string
  /** The sender's key: a repeat asks once. */
  readonly key: string | undefined
}

/**
 * Asks for the money of a paid subscription back: a message on the person's lane in the app that carries the facts, so that nobody asks for them.
 * Gives the conversation's number. Refuses with `not_found` (line, subscription), `rate_limited`.
 */
export async function askRefund(
  db: Executor,
  room: MyRoom,
  actor: Subscriber,
  { lineId, connectedId, words, key }: RefundRequest,
): Promise<number | null> {
  const line = await room.edge.findLine(db, lineId)
  const role = line?.people.find(({ partyId }) => partyId === actor.partyId)?.role
  if (!line || (role !== 'owner' && role !== 'user')) throw new Refusal('not_found', { what: 'line' })
  const services = found(await room.edge.readServices(db, lineId), 'line').value
  const connected = found(
    services.content.find(({ id }) => id === connectedId),
    'subscription',
  )
  const { terms } = connected.offering
  return writeAbout(db, room, actor, {
    key: `refund:${actor.id}:${connectedId}:${key ?? newId(room.clock)}`,
    about: { kind: 'refund', lineId, connectedId, code: terms.code },
    text: (locale) =>
      room.refundText(
        {
          msisdn: line.msisdn,
          title: terms.title[locale],
          partner: terms.kind === 'content' ? terms.partner.name : '',
          since: new Date(connected.since),
          feeKopecks: connected.feeKopecks,
          charge: connected.charge,
          spentKopecks: connected.spentKopecks,
          consent: connected.consent,
          words,
        },
        locale,
      ),
  })
}
