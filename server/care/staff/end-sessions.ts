import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { setPresence } from './member-store.ts'
import { deleteSession } from './session-store.ts'

type Deps = Pick<StaffDeps, 'clock'>

/** Ends the session that asks, and shows the person as gone until another of their browsers beats. */
export async function signOut(db: Executor, { clock }: Deps, actor: Staff): Promise<void> {
  await inTransaction(db, async (tx) => {
    await deleteSession(tx, actor.sessionId, actor.id)
    await setPresence(tx, actor.id, 'offline', clock.now())
    await recordChange(tx, clock, { actor, act: 'session.ended', subject: `member:${actor.id}` })
  })
}

/** Ends one of one's own sessions; an admin may end anybody's. Refuses with `not_found`, also for a colleague's. */
export async function revokeSession(
  db: Executor,
  { clock }: Deps,
  actor: Staff,
  sessionId: string,
): Promise<void> {
  const whose = actor.roles.includes('admin') ? undefined : actor.id
  await inTransaction(db, async (tx) => {
    const { memberId } = found(await deleteSession(tx, sessionId, whose), 'session')
    await recordChange(tx, clock, { actor, act: 'session.revoked', subject: `member:${memberId}` })
  })
}
