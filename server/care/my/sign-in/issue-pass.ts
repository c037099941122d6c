import { inTransaction } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { found } from '../../../platform/refusal.ts'
import { recordAccess, recordChange } from '../../audit/index.ts'
import { partyOf, readPerson } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { deletePasses, insertPass } from './pass-store.ts'
import { hashOfPass, newPass } from './pass-value.ts'

const PASS_LASTS_MS = 900_000

export interface PassRequest {
  readonly contactPointId: string
  readonly reason: string
  readonly agent: Staff
  readonly address: string
}

/**
 * Makes a one-time pass to My for the person of a contact point, whose SIM is lost: the agent tells it, it opens once within 15 minutes. A newer
 * one ends it. Only its hash is kept; the issue is audited with its reason.
 * Refuses with `need_to_know`, `not_found` (nobody's contact point, or of a person without a line of ours), `rate_limited`.
 */
export async function issuePass(
  my: My,
  { contactPointId, reason, agent, address }: PassRequest,
): Promise<{ pass: string; expiresAt: Date }> {
  const { db, clock, subscribers, limits } = my
  const { subscriberId } = await readPerson(db, contactPointId)
  await subscribers.requireNeedToKnow(db, agent, contactPointId)
  const person = found(subscriberId ?? undefined, 'subscriber')
  const lineId = await ownLine(my, person)
  await limits.take('my-pass:agent', agent.id)
  await limits.take('my-pass:subscriber', person)
  const pass = newPass()
  const at = clock.now()
  const expiresAt = new Date(at.getTime() + PASS_LASTS_MS)
  await inTransaction(db, async (tx) => {
    const secretHash = hashOfPass(my, pass)
    await insertPass(tx, { secretHash, subscriberId: person, lineId, issuedBy: agent.id, at, expiresAt })
    await recordAccess(tx, clock, {
      actor: agent,
      act: 'my-pass',
      subscriberId: person,
      contactPointId,
      reason,
      address,
    })
  })
  return { pass, expiresAt }
}

/**
 * Ends the pass of the person of a contact point that was not used yet; repeating it changes nothing. Audited.
 * Refuses with `not_found`, `need_to_know`.
 */
export async function withdrawPass(
  { db, clock, subscribers }: My,
  { contactPointId, agent }: Pick<PassRequest, 'contactPointId' | 'agent'>,
): Promise<void> {
  const { subscriberId } = await readPerson(db, contactPointId)
  await subscribers.requireNeedToKnow(db, agent, contactPointId)
  const person = found(subscriberId ?? undefined, 'subscriber')
  await inTransaction(db, async (tx) => {
    if ((await deletePasses(tx, person)) === 0) return
    await recordChange(tx, clock, {
      actor: agent,
      act: 'my-pass.withdrawn',
      subject: `subscriber:${person}`,
    })
  })
}

/** The line that the person's sign-in will rest on: the first that is their own or that they use. */
async function ownLine({ db, edge }: My, subscriberId: string): Promise<string> {
  const partyId = found(await partyOf(db, subscriberId), 'party')
  const lines = await edge.linesOfParty(db, partyId)
  const own = lines.find(({ role, state }) => role !== 'trusted' && state !== 'ended')
  return found(own, 'line').id
}
