import { recordChange } from '../../care/audit/index.ts'
import { changeSubscriber, subscriberOfParty } from '../../care/subscribers/index.ts'
import type { PartyIdentity } from '../../operator/edge/index.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Call } from '../core/call.ts'
import { type KnownParty, lookAtParty } from '../core/parties.ts'

/**
 * Another name of a party: in the operator's books, and of the subscriber if we have met them, in one commit; the audit says who did it.
 * Undefined: there is no such party of this kind. Refuses with `unavailable` where another system keeps the books.
 */
export async function renamed(
  call: Call,
  partyId: string,
  kind: PartyIdentity['kind'],
  name: string,
): Promise<KnownParty | undefined> {
  const party = await lookAtParty(call, partyId)
  if (party?.kind !== kind) return undefined
  const { db, room, actor } = call
  await inTransaction(db, async (tx) => {
    if (!(await room.lines.edge.renameParty(tx, partyId, name))) return
    await recordChange(tx, room.clock, { actor, act: 'party.renamed', subject: `party:${partyId}` })
    const id = await subscriberOfParty(tx, partyId)
    if (id !== undefined) await changeSubscriber(tx, room.people, { id, change: { name }, by: actor })
  })
  return { ...party, name }
}
