import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Doer } from '../doer.ts'
import { partyOf } from '../lines/store.ts'
import { revokeProofs } from '../proofs/store.ts'
import type { Subscribers } from '../subscribers.ts'
import { carryOut } from './link-contact-points.ts'
import { lockContactPoints, readSide } from './store.ts'

export interface SubscriberLinkRequest {
  readonly contactPointId: string
  readonly subscriberId: string
  readonly by: Doer
  readonly reason: string
  /** Proves the contact point, once it is nobody else's any more. Gives the proof's id. */
  readonly prove?: (tx: Executor) => Promise<string>
}

/**
 * Says that a contact point is a subscriber's. Somebody else's leaves them: with its whole story where the other was nothing but this
 * contact point, else from now on. Of somebody whom the operator knows as another person it only ever leaves from now on, and what they proved ends: the
 * number has changed hands. Saying it twice changes nothing. Refuses with `not_found`.
 */
export async function linkToSubscriber(
  tx: Executor,
  subscribers: Subscribers,
  { contactPointId, subscriberId, by, reason, prove }: SubscriberLinkRequest,
): Promise<void> {
  const present = await lockContactPoints(tx, [contactPointId])
  if (present.size === 0) throw new Refusal('not_found', { what: 'contact point' })
  const { link, alone } = await readSide(tx, contactPointId)
  const leavesOther = link !== null && link.subscriberId !== subscriberId
  const changedHands = leavesOther && (await partyOf(tx, link.subscriberId)) !== undefined
  if (changedHands) await revokeProofs(tx, contactPointId, null, subscribers.clock.now())
  const proofId = await prove?.(tx)
  if (link?.subscriberId === subscriberId) return
  const request = { by, reason, ...(proofId !== undefined && { proofId }) }
  const as = alone && !changedHands ? ('voided' as const) : ('closed' as const)
  const leaves = link && { linkId: link.id, subscriberId: link.subscriberId, as }
  await carryOut(tx, subscribers, request, { contactPointId, leaves }, subscriberId)
}
