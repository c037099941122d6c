import type { Executor } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { StaffDeps } from './deps.ts'
import { findMember, type MemberRow } from './member-store.ts'
import { passwordFits } from './password.ts'
import { setLocked, setUnlocked } from './session-store.ts'

/** Locks the session that asks, as the idle lock would. */
export async function lock(db: Executor, { clock }: Pick<StaffDeps, 'clock'>, actor: Staff): Promise<void> {
  await setLocked(db, actor.sessionId, clock.now())
}

/** Unlocks with the password. Refuses with `wrong_credentials` or `rate_limited`. */
export async function unlock(
  db: Executor,
  deps: StaffDeps,
  actor: Staff,
  password: string,
): Promise<MemberRow> {
  const { clock, settings } = deps
  const member = await provePassword(db, deps, actor, password)
  const now = clock.now()
  await setUnlocked(db, actor.sessionId, now, new Date(now.getTime() + settings.sessionMs))
  return member
}

/** The member, if this is their password. Refuses with `wrong_credentials` or `rate_limited`. */
export async function provePassword(
  db: Executor,
  { attempts }: StaffDeps,
  actor: Staff,
  password: string,
): Promise<MemberRow> {
  await attempts.take('session:password', actor.id)
  const member = found(await findMember(db, actor.id), 'member')
  if (!(await passwordFits(member.passwordHash, password))) throw new Refusal('wrong_credentials')
  await attempts.clear('session:password', actor.id)
  return member
}
