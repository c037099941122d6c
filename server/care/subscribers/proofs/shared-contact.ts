import type { Executor } from '../../../platform/database/index.ts'
import { normaliseMsisdn } from '../msisdn.ts'
import type { Subscribers } from '../subscribers.ts'
import { linkToNumber } from './link-to-number.ts'
import { proveContactPoint } from './prove.ts'

/** A claim that the channel did not vouch for. */
const CLAIMED = 1

/**
 * A number that the person shared. Vouched for by the channel (`proved`): a proof of level 2, and the contact point is linked to the number's person.
 * Otherwise it is a claim, which becomes a suggestion at most: anybody can share anybody's number. What is no number changes nothing.
 */
export async function acceptSharedContact(
  tx: Executor,
  subscribers: Subscribers,
  contactPointId: string,
  shared: { readonly msisdn: string; readonly proved: boolean },
): Promise<void> {
  const msisdn = normaliseMsisdn(shared.msisdn, subscribers.country)
  if (msisdn === undefined) return
  const proofId = await proveContactPoint(tx, subscribers, {
    contactPointId,
    kind: 'shared-contact',
    evidence: { msisdn },
    ...(!shared.proved && { level: CLAIMED }),
  })
  if (!shared.proved) return
  const by = { kind: 'system', name: 'shared-contact' } as const
  await linkToNumber(tx, subscribers, { contactPointId, msisdn, proofId, by, reason: 'shared-contact' })
}
