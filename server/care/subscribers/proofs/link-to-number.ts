import type { Executor } from '../../../platform/database/index.ts'
import type { Doer } from '../doer.ts'
import { linkContactPoints } from '../links/link-contact-points.ts'
import { sightContactPoints } from '../sight-contact-points.ts'
import type { Subscribers } from '../subscribers.ts'

/**
 * Links a contact point to the person of a number: of the contact point that the number is in the operator's own SMS account, made if
 * nobody has written from it yet. Without an SMS account only the proof stands.
 */
export async function linkToNumber(
  tx: Executor,
  subscribers: Subscribers,
  given: { contactPointId: string; msisdn: string; proofId: string; by: Doer; reason: string },
): Promise<void> {
  const { msisdn, ...rest } = given
  const channelAccountId = await subscribers.surroundings.smsAccountId(tx)
  if (channelAccountId === undefined) return
  const sighting = { channelAccountId, channel: 'sms', externalId: msisdn, address: msisdn } as const
  const [toContactPointId = ''] = await sightContactPoints(tx, subscribers.clock, [sighting])
  if (toContactPointId === given.contactPointId) return
  await linkContactPoints(tx, subscribers, { ...rest, toContactPointId })
}
