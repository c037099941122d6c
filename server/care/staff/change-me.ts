import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { provePassword } from './lock.ts'
import { type MemberRow, setPasswordHash, setPresence, updateMember } from './member-store.ts'
import { hashPassword } from './password.ts'
import { deleteSessionsOf } from './session-store.ts'

export interface ChangeOfMe {
  readonly name?: string | undefined
  readonly locale?: 'ru' | 'en' | undefined
  readonly presence?: 'online' | 'away' | undefined
  readonly password?: { readonly current: string; readonly next: string } | undefined
}

/**
 * Changes what is one's own. A new password ends one's other sessions. Refuses with `wrong_credentials`, `rate_limited`, and
 * with `conflict` a first password that is to stay.
 */
export async function changeMe(
  db: Executor,
  deps: StaffDeps,
  actor: Staff,
  change: ChangeOfMe,
): Promise<MemberRow> {
  const { clock } = deps
  const { name, locale, presence, password } = change
  if (password) await provePassword(db, deps, actor, password.current)
  // To keep the one that others have seen is to choose none.
  if (password && actor.passwordDue && password.next === password.current)
    throw new Refusal('conflict', { what: 'same password' })
  const passwordHash = password && (await hashPassword(password.next))
  return inTransaction(db, async (tx) => {
    const subject = `member:${actor.id}`
    if (presence) await setPresence(tx, actor.id, presence, clock.now())
    if (passwordHash) {
      await setPasswordHash(tx, actor.id, { passwordHash, due: false })
      await deleteSessionsOf(tx, actor.id, actor.sessionId)
      await recordChange(tx, clock, { actor, act: 'password.changed', subject })
    }
    if (name !== undefined && name !== actor.name) {
      await recordChange(tx, clock, {
        actor,
        act: 'member.changed',
        subject,
        before: { name: actor.name },
        after: { name },
      })
    }
    return updateMember(tx, actor.id, { name, locale })
  })
}
