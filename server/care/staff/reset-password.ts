import { type Db, inTransaction } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { lockMember, setPasswordHash } from './member-store.ts'
import { hashPassword, randomPassword } from './password.ts'
import { deleteSessionsOf } from './session-store.ts'

/**
 * Gives a member who lost the password a new first one, given back once and kept nowhere. Their sessions end; the second factor stays. Refuses
 * with `not_found`, and with `forbidden` one's own: it is changed by who knows the present one, or a stolen session would be enough.
 */
export async function resetPassword(
  db: Db,
  { clock }: Pick<StaffDeps, 'clock'>,
  actor: Staff,
  id: string,
): Promise<string> {
  if (id === actor.id) throw new Refusal('forbidden', { what: 'own password' })
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  await inTransaction(db, async (tx) => {
    found(await lockMember(tx, id), 'member')
    await setPasswordHash(tx, id, { passwordHash, due: true })
    await deleteSessionsOf(tx, id)
    await recordChange(tx, clock, { actor, act: 'password.reset', subject: `member:${id}` })
  })
  return password
}
