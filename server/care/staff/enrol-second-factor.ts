import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { confirmSecret, findMember, type MemberRow, setUnconfirmedSecret } from './member-store.ts'
import { newSecondFactor } from './second-factor.ts'
import { deleteSessionsOf } from './session-store.ts'
import { spendCode } from './sign-in.ts'

/**
 * A new secret for the person's authenticator; it counts once confirmed with a code. Refuses with `conflict` when there is a
 * confirmed one: else a stolen session could replace it (an admin resets it).
 */
export async function startSecondFactor(
  db: Executor,
  { vault, settings }: Pick<StaffDeps, 'vault' | 'settings'>,
  actor: Staff,
): Promise<{ uri: string; secret: string }> {
  const member = found(await findMember(db, actor.id), 'member')
  const { sealed, secret, uri } = newSecondFactor(vault, member, settings.operator.name)
  if (!(await setUnconfirmedSecret(db, actor.id, sealed)))
    throw new Refusal('conflict', { what: 'second factor' })
  return { uri, secret }
}

/**
 * Ends enrolling with a first code. The person's other sessions end: one of them may belong to somebody who has only the password.
 * Refuses with `wrong_second_factor` or `rate_limited`.
 */
export async function confirmSecondFactor(
  db: Executor,
  deps: StaffDeps,
  actor: Staff,
  code: string,
): Promise<MemberRow> {
  const { clock } = deps
  const member = found(await findMember(db, actor.id), 'member')
  if (member.totpConfirmedAt !== null) throw new Refusal('conflict', { what: 'second factor' })
  await spendCode(db, deps, member, code)
  await inTransaction(db, async (tx) => {
    await confirmSecret(tx, actor.id, clock.now())
    await deleteSessionsOf(tx, actor.id, actor.sessionId)
    await recordChange(tx, clock, { actor, act: 'second-factor.enrolled', subject: `member:${actor.id}` })
  })
  return found(await findMember(db, actor.id), 'member')
}
