import type { Executor } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Doer } from '../doer.ts'
import type { Subscribers } from '../subscribers.ts'
import { makeSubscriber } from './make-subscriber.ts'
import { type LinkPlan, type Move, planLink } from './plan.ts'
import { acceptSuggestion, closeLink, insertLink, lockContactPoints, readSide, voidLink } from './store.ts'

export interface LinkRequest {
  readonly contactPointId: string
  /** Somebody's contact point: the person meant. */
  readonly toContactPointId: string
  readonly by: Doer
  readonly reason: string
  readonly proofId?: string
}

/**
 * Says that two contact points are one person. Gives the subscriber. What moves, and how much of its story, is decided by `planLink`: of two persons
 * with several contact points each, only the one asked for moves. Saying it twice changes nothing.
 * Announces `contact-point-linked` for each contact point that became the person's.
 * Refuses with `not_found` and, for a contact point with itself, `link_conflict`.
 */
export async function linkContactPoints(
  tx: Executor,
  subscribers: Subscribers,
  request: LinkRequest,
): Promise<string> {
  const { contactPointId, toContactPointId } = request
  if (contactPointId === toContactPointId) throw new Refusal('link_conflict', { same: true })
  const both = [contactPointId, toContactPointId]
  const present = await lockContactPoints(tx, both)
  if (present.size < both.length) throw new Refusal('not_found', { what: 'contact point' })
  const plan = planLink(await readSide(tx, contactPointId), await readSide(tx, toContactPointId))
  const subscriberId = plan.to ?? (await makeSubscriber(tx, subscribers.clock, both))
  for (const move of plan.moves) await carryOut(tx, subscribers, request, move, subscriberId)
  await acceptSuggestion(tx, contactPointId, toContactPointId)
  return subscriberId
}

/** Makes one contact point a subscriber's, and tells of it. The caller has locked it. */
export async function carryOut(
  tx: Executor,
  { clock, announce }: Subscribers,
  { by, reason, proofId }: Pick<LinkRequest, 'by' | 'reason' | 'proofId'>,
  { contactPointId, leaves }: LinkPlan['moves'][number],
  subscriberId: string,
): Promise<void> {
  const at = clock.now()
  if (leaves) await leave(tx, leaves, { at, by, reason })
  const linkId = newId(clock)
  const link = { id: linkId, contactPointId, subscriberId, at, by, reason, proofId: proofId ?? null }
  const validFrom = await insertLink(tx, link)
  const fromSubscriberId = leaves?.subscriberId ?? null
  await announce(tx, {
    kind: 'contact-point-linked',
    at,
    by,
    contactPointId,
    linkId,
    subscriberId,
    fromSubscriberId,
    validFrom,
    reason,
    proofId: link.proofId,
  })
}

function leave(
  tx: Executor,
  { linkId, as }: NonNullable<Move['leaves']>,
  unmaking: { at: Date; by: Doer; reason: string },
): Promise<void> {
  return as === 'voided' ? voidLink(tx, linkId, unmaking) : closeLink(tx, linkId, unmaking)
}
