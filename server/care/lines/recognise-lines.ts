import type { LineRef } from '../../../contracts/lines.ts'
import type { LineIdentity } from '../../operator/edge/index.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import { syncLines } from '../my/index.ts'
import {
  type Doer,
  describeContactPoints,
  linkToSubscriber,
  partyOf,
  readPerson,
  recogniseParty,
  subscriberOfParty,
} from '../subscribers/index.ts'
import type { LinesRoom } from './lines-room.ts'

interface RecogniseRequest {
  readonly contactPointId: string
  readonly by: Doer
}

/** A number of ours from which the person writes, and who of its line's people holds the phone. */
interface OwnNumber {
  readonly contactPointId: string
  readonly partyId: string
  readonly name: string
}

/**
 * Makes the person of a contact point the one whom the operator's books know, by a number of ours from which they write: from then on
 * their lines and what was done to them are theirs here. Repeating it changes nothing. Somebody whom the books know as another person is
 * left alone. Gives their lines, numbers in the clear; none if no number of theirs is a line.
 */
export async function recogniseLines(
  db: Executor,
  room: LinesRoom,
  { contactPointId, by }: RecogniseRequest,
): Promise<LineRef[]> {
  return inTransaction(db, async (tx) => {
    const { subscriberId } = await readPerson(tx, contactPointId)
    const partyId = subscriberId === null ? undefined : await partyOf(tx, subscriberId)
    if (subscriberId !== null && partyId !== undefined) return syncLines(tx, room, { subscriberId, partyId })
    const number = await ownNumber(tx, room, contactPointId)
    if (number === undefined) return []
    const known = await subscriberOfParty(tx, number.partyId)
    // Two people until somebody who can tell says that they are one.
    if (subscriberId !== null && known !== undefined && known !== subscriberId) return []
    return meet(tx, room, number, by)
  })
}

async function meet(
  tx: Executor,
  room: LinesRoom,
  { contactPointId, partyId, name }: OwnNumber,
  by: Doer,
): Promise<LineRef[]> {
  const party = { partyId, name, locale: null, contactPointId }
  const subscriberId = await recogniseParty(tx, room.subscribers, party)
  const refs = await syncLines(tx, room, { subscriberId, partyId })
  await linkToSubscriber(tx, room.subscribers, { contactPointId, subscriberId, by, reason: 'line' })
  return refs
}

async function ownNumber(
  tx: Executor,
  { clock, edge, subscribers }: LinesRoom,
  contactPointId: string,
): Promise<OwnNumber | undefined> {
  const accountId = await subscribers.surroundings.smsAccountId(tx)
  const { lanes } = await readPerson(tx, contactPointId)
  const open = lanes.filter(({ kind, to }) => kind === 'contact-point' && to === null)
  const ids = open.map(({ laneId }) => laneId)
  const points = await describeContactPoints(tx, ids, clock.now())
  for (const point of points.values()) {
    if (point.channelAccountId !== accountId) continue
    const line = await edge.findLineByMsisdn(tx, point.address)
    const holder = line && holderOf(line)
    if (holder) return { contactPointId: point.id, partyId: holder.partyId, name: holder.name }
  }
  return undefined
}

/** Who holds the phone: the user of a line that has one besides its owner. */
const holderOf = ({ people }: LineIdentity) =>
  people.find(({ role }) => role === 'user') ?? people.find(({ role }) => role === 'owner')
