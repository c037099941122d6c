import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Subscribers } from '../subscribers.ts'
import { recomputeTrust } from './store.ts'

/** Whoever is signed in no longer proves nothing by having been: ends these proofs of all contact points of a subscriber. */
export async function revokeSignIns(
  tx: Executor,
  { clock }: Pick<Subscribers, 'clock'>,
  subscriberId: string,
): Promise<void> {
  const at = clock.now()
  const revoked = await rows(
    tx,
    sql<{ id: string }>`
      update subscribers.proof p set revoked_at = ${at} from subscribers.contact_link l
      where l.subscriber_id = ${subscriberId} and l.valid_to is null and not l.voided
        and p.contact_point_id = l.contact_point_id and p.kind = 'sign-in' and p.revoked_at is null
      returning p.contact_point_id as id`,
  )
  await recomputeTrust(tx, [...new Set(revoked.map(({ id }) => id))], at)
}
