import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { StaffDeps } from '../deps.ts'
import { bindSubject, findMemberByEmail, findMemberBySubject, type MemberRow } from '../member-store.ts'
import { mayEnter } from '../policy.ts'
import { type Device, type StartedSession, startSession } from '../start-session.ts'
import type { Identity } from './provider.ts'

/**
 * Signs in a member whom the provider has identified. Nobody registers themselves: the member must exist, known by the provider's
 * subject or, the first time, by a verified e-mail. Refuses with `second_factor_required` or `forbidden`.
 */
export async function signInByOidc(
  db: Executor,
  deps: Pick<StaffDeps, 'clock' | 'settings'>,
  identity: Identity,
  device: Device,
): Promise<StartedSession> {
  if (!identity.secondFactor) throw new Refusal('second_factor_required')
  const member = (await findMemberBySubject(db, identity.subject)) ?? (await bindByEmail(db, identity))
  if (!member || member.demo || !mayEnter(member, deps.settings.demo)) throw new Refusal('forbidden')
  return startSession(db, deps, member, 'oidc', device)
}

/** A member who is bound already is somebody else to the provider: an e-mail that was handed on opens nothing. */
async function bindByEmail(db: Executor, { email, subject }: Identity): Promise<MemberRow | undefined> {
  if (email === undefined) return undefined
  const member = await findMemberByEmail(db, email)
  if (!member || member.demo || !member.active) return undefined
  return (await bindSubject(db, member.id, subject)) ? member : undefined
}
