import type { Role } from '../../../contracts/staff.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type Author, recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { forgetSecret, lockAdmins, lockMember, type MemberRow, updateMember } from './member-store.ts'
import { sameRoles } from './policy.ts'
import { deleteSessionsOf } from './session-store.ts'

export interface ChangeOfMember {
  readonly name?: string | undefined
  readonly roles?: readonly Role[] | undefined
  readonly capacity?: number | undefined
  readonly active?: boolean | undefined
  readonly resetSecondFactor?: true | undefined
}

/**
 * Changes a member. Other roles, shutting the account and a forgotten authenticator end all their sessions. Refuses with `not_found`,
 * and with `conflict` (`what: 'last admin'`) what would leave the house without one.
 */
export async function changeMember(
  db: Executor,
  { clock }: Pick<StaffDeps, 'clock'>,
  actor: Author,
  id: string,
  change: ChangeOfMember,
): Promise<MemberRow> {
  return inTransaction(db, async (tx) => {
    const admins = await lockAdmins(tx)
    const before = found(await lockMember(tx, id), 'member')
    const roles = change.roles && [...new Set(change.roles)]
    const after = { ...before, ...given({ ...change, roles }) }
    const staysAdmin = after.active && after.roles.includes('admin')
    if (!staysAdmin && admins.every((admin) => admin.id === id) && admins.length > 0) {
      throw new Refusal('conflict', { what: 'last admin' })
    }
    if (change.resetSecondFactor) await forgetSecret(tx, id)
    const shut = before.active && !after.active
    if (change.resetSecondFactor || shut || !sameRoles(before.roles, after.roles))
      await deleteSessionsOf(tx, id)
    await recordChange(tx, clock, {
      actor,
      act: 'member.changed',
      subject: `member:${id}`,
      before: shown(before),
      after: { ...shown(after), ...(change.resetSecondFactor && { secondFactorReset: true }) },
    })
    return updateMember(tx, id, { ...change, roles })
  })
}

/** Only what was given: an absent field leaves the member's own. */
function given({ roles, capacity, active, name }: ChangeOfMember & { readonly roles: Role[] | undefined }) {
  return {
    ...(roles !== undefined && { roles }),
    ...(capacity !== undefined && { capacity }),
    ...(active !== undefined && { active }),
    ...(name !== undefined && { name }),
  }
}

const shown = ({ name, roles, capacity, active }: MemberRow) => ({ name, roles, capacity, active })
