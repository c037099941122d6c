import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Doer } from '../doer.ts'
import { revokeProofs } from '../proofs/store.ts'
import type { Subscribers } from '../subscribers.ts'
import { closeLink, findCurrentLink, lockContactPoints, voidLink } from './store.ts'

export interface UnlinkRequest {
  readonly contactPointId: string
  /** True: it never was theirs. False: it is theirs no longer, from now on. */
  readonly mistake: boolean
  readonly by: Doer
  readonly reason: string
}

/**
 * Takes a contact point from its person. Its lane is its own again: since the end of the link before for a mistake, else from now on. To undo it, link
 * again. The proof that made a mistaken link is revoked; of a contact point that changed hands, all are: they were the former holder's.
 * Announces `contact-point-unlinked`. Refuses with `not_found`, and with `link_conflict` where there is no link.
 */
export async function unlinkContactPoint(
  tx: Executor,
  { clock, announce }: Subscribers,
  { contactPointId, mistake, by, reason }: UnlinkRequest,
): Promise<void> {
  const present = await lockContactPoints(tx, [contactPointId])
  if (present.size === 0) throw new Refusal('not_found', { what: 'contact point' })
  const link = await findCurrentLink(tx, contactPointId)
  if (!link) throw new Refusal('link_conflict', { linked: false })
  const at = clock.now()
  if (mistake) await voidLink(tx, link.id, { at, by, reason })
  else await closeLink(tx, link.id, { at, by, reason })
  if (!mistake) await revokeProofs(tx, contactPointId, null, at)
  else if (link.proofId !== null) await revokeProofs(tx, contactPointId, link.proofId, at)
  const { id: linkId, subscriberId } = link
  await announce(tx, {
    kind: 'contact-point-unlinked',
    at,
    by,
    contactPointId,
    linkId,
    subscriberId,
    mistake,
    reason,
  })
}
