import type { Role } from '../../../contracts/staff.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Author, recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { insertMember, type MemberRow } from './member-store.ts'
import { hashPassword, randomPassword } from './password.ts'

export interface Newcomer {
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly capacity?: number | undefined
}

/**
 * Adds somebody to the staff with a random first password, given back once and kept nowhere. Refuses with `conflict` when the e-mail is taken.
 */
export async function createMember(
  db: Db,
  { clock }: Pick<StaffDeps, 'clock'>,
  actor: Author,
  newcomer: Newcomer,
): Promise<{ member: MemberRow; password: string }> {
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  const member = await inTransaction(db, async (tx) => {
    const made = await insertMember(tx, {
      ...newcomer,
      id: newId(clock),
      roles: [...new Set(newcomer.roles)],
      passwordHash,
      passwordDue: true,
      demo: false,
      createdAt: clock.now(),
    })
    if (!made) throw new Refusal('conflict', { what: 'email' })
    const { id, roles, capacity } = made
    await recordChange(tx, clock, {
      actor,
      act: 'member.created',
      subject: `member:${id}`,
      after: { roles, capacity },
    })
    return made
  })
  return { member, password }
}
