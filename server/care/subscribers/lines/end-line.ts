import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { linkToSubscriber } from '../links/link-to-subscriber.ts'
import { makeSubscriber } from '../links/make-subscriber.ts'
import { findCurrentLink } from '../links/store.ts'
import { unlinkContactPoint } from '../links/unlink-contact-point.ts'
import { recomputeTrust } from '../proofs/store.ts'
import type { Subscribers } from '../subscribers.ts'
import { closeLineLinks, lockLineLinks, readLineLinks } from './store.ts'

const BY = { kind: 'system', name: 'line-ended' } as const
const REASON = 'line-ended'

/**
 * A line has ended or changed hands. Its links end, and so does whatever rests on its number: the number's contact point is its
 * people's no longer, and nothing that was proved by the number holds anywhere. Who gets the number next inherits nothing: not even what was
 * written from it while it was nobody's contact point.
 */
export async function endLine(
  tx: Executor,
  subscribers: Subscribers,
  { lineId, msisdn }: { readonly lineId: string; readonly msisdn: string },
): Promise<void> {
  const at = subscribers.clock.now()
  await lockLineLinks(tx, [lineId])
  const held = await readLineLinks(tx, { lineId })
  await closeLineLinks(
    tx,
    held.map(({ id }) => id),
    at,
  )
  const contactPointId = await findNumber(tx, subscribers, msisdn)
  if (contactPointId !== undefined) await leaveBehind(tx, subscribers, contactPointId, held[0]?.subscriberId)
  await revokeByNumber(tx, msisdn, at)
}

/** The contact point that the number is in the operator's own SMS account. */
async function findNumber(
  tx: Executor,
  { surroundings }: Subscribers,
  msisdn: string,
): Promise<string | undefined> {
  const channelAccountId = await surroundings.smsAccountId(tx)
  if (channelAccountId === undefined) return undefined
  const alias = await maybeOne(
    tx,
    sql<{ id: string }>`
      select contact_point_id as id from subscribers.contact_alias
      where channel_account_id = ${channelAccountId} and external_id = ${msisdn}`,
  )
  return alias?.id
}

/** What was said from the number stays with who had it: a number that was nobody's becomes somebody's first. */
async function leaveBehind(
  tx: Executor,
  subscribers: Subscribers,
  contactPointId: string,
  holder: string | undefined,
): Promise<void> {
  const given = { contactPointId, by: BY, reason: REASON }
  if ((await findCurrentLink(tx, contactPointId)) === undefined) {
    const subscriberId = holder ?? (await makeSubscriber(tx, subscribers.clock, [contactPointId]))
    await linkToSubscriber(tx, subscribers, { ...given, subscriberId })
  }
  await unlinkContactPoint(tx, subscribers, { ...given, mistake: false })
}

/** Proofs on other doors that rest on the number. */
async function revokeByNumber(tx: Executor, msisdn: string, at: Date): Promise<void> {
  const revoked = await rows(
    tx,
    sql<{ id: string }>`
      update subscribers.proof set revoked_at = ${at} where evidence ->> 'msisdn' = ${msisdn} and revoked_at is null
      returning contact_point_id as id`,
  )
  await recomputeTrust(tx, [...new Set(revoked.map(({ id }) => id))], at)
}
