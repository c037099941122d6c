import type { Locale } from '../../../../contracts/primitives.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { findCurrentLink } from '../links/store.ts'
import type { Subscribers } from '../subscribers.ts'
import { insertPartyLink, lockParty, partyOf, subscriberOfParty } from './store.ts'

export interface PartyRequest {
  /** The operator's own name of the person. */
  readonly partyId: string
  /** How the operator calls them. */
  readonly name: string
  readonly locale: Locale | null
  /** Where they were met: the contact point of a number of theirs. */
  readonly contactPointId?: string | undefined
}

/**
 * The subscriber who is a party of the operator's books. A party that was not met before is whoever the contact point belongs to,
 * unless that is another party already (numbers change hands); else somebody new.
 */
export async function recogniseParty(
  tx: Executor,
  { clock }: Pick<Subscribers, 'clock'>,
  { partyId, name, locale, contactPointId }: PartyRequest,
): Promise<string> {
  await lockParty(tx, partyId)
  const known = await subscriberOfParty(tx, partyId)
  if (known !== undefined) return known
  const at = clock.now()
  const link = contactPointId === undefined ? undefined : await findCurrentLink(tx, contactPointId)
  const isFree = link !== undefined && (await partyOf(tx, link.subscriberId)) === undefined
  const subscriberId = isFree ? link.subscriberId : newId(clock)
  if (!isFree) {
    await rows(
      tx,
      sql`insert into subscribers.subscriber (id, name, locale, created_at) values (${subscriberId}, ${name}, ${locale}, ${at})`,
    )
  }
  await insertPartyLink(tx, { partyId, subscriberId, at })
  return subscriberId
}
