import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { recordChange } from '../audit/index.ts'
import { createMember } from './create-member.ts'
import { findMemberByEmail, forgetSecret, setPasswordHash, updateMember } from './member-store.ts'
import { hashPassword, randomPassword } from './password.ts'
import { deleteSessionsOf } from './session-store.ts'

const ACTOR = { kind: 'system', name: 'command' } as const

/** The first admin, made by whoever has the machine. Gives the first password. Refuses with `conflict` if the e-mail is taken. */
export async function createAdmin(
  db: Db,
  clock: Clock,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<string> {
  const { password } = await createMember(db, { clock }, ACTOR, { email, name, roles: ['admin'] })
  return password
}

/**
 * Lets somebody in again who has lost password and authenticator: a new password, no second factor, no sessions, the account open.
 * Roles stay. Refuses with `not_found`, and with `forbidden` for a demo account.
 */
export async function resetMember(db: Db, clock: Clock, email: string): Promise<string> {
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  await inTransaction(db, async (tx) => {
    const member = await findMemberByEmail(tx, email)
    if (!member) throw new Refusal('not_found', { what: 'member' })
    if (member.demo) throw new Refusal('forbidden', { what: 'demo account' })
    await setPasswordHash(tx, member.id, { passwordHash, due: true })
    await forgetSecret(tx, member.id)
    await deleteSessionsOf(tx, member.id)
    await updateMember(tx, member.id, { active: true })
    await recordChange(tx, clock, { actor: ACTOR, act: 'member.reset', subject: `member:${member.id}` })
  })
  return password
}
