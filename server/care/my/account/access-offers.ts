import type { AccessOffer } from '../../../../contracts/orders.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { maskNumber } from '../../subscribers/index.ts'
import type { My } from '../my.ts'

/** Lines that others want to let this person see. Their numbers are masked until the person has agreed: a mistyped number tells a stranger nothing. */
export async function listAccessOffers(
  db: Executor,
  { edge }: Pick<My, 'edge'>,
  { partyId }: Subscriber,
): Promise<AccessOffer[]> {
  const offers = partyId === null ? [] : await edge.listAccessOffers(db, partyId)
  return offers.map((one) => ({ ...one, msisdn: maskNumber(one.msisdn) }))
}
