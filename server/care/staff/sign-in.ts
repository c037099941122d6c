import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { StaffDeps } from './deps.ts'
import { findMemberByEmail, type MemberRow, spendStep } from './member-store.ts'
import { passwordFits } from './password.ts'
import { mayEnter } from './policy.ts'
import { stepOfCode } from './second-factor.ts'
import { type Device, type StartedSession, startSession } from './start-session.ts'

export interface Credentials {
  readonly email: string
  readonly password: string
  readonly code?: string | undefined
}

/**
 * Signs a member in by e-mail, password and, where enrolled, a code of the authenticator. Refuses with `rate_limited`, `unavailable`,
 * `wrong_credentials` (the same answer after the same work for an unknown e-mail, a wrong password, a shut account),
 * `second_factor_required`, `wrong_second_factor`.
 */
export async function signIn(
  db: Executor,
  deps: StaffDeps,
  credentials: Credentials,
  device: Device,
): Promise<{ member: MemberRow; session: StartedSession }> {
  const { attempts, settings } = deps
  const email = credentials.email.trim().toLowerCase()
  await attempts.take('sign-in:address', device.address)
  await attempts.take('sign-in:email-and-address', email, device.address)
  await attempts.take('sign-in:email', email)

  const member = await findMemberByEmail(db, email)
  const fits = await passwordFits(member?.passwordHash, credentials.password)
  if (!member || !fits || !mayEnter(member, settings.demo)) throw new Refusal('wrong_credentials')
  await proveSecondFactor(db, deps, member, credentials.code)

  await attempts.clear('sign-in:email-and-address', email, device.address)
  await attempts.clear('sign-in:email', email)
  await attempts.giveBack('sign-in:address', device.address)
  return { member, session: await startSession(db, deps, member, 'password', device) }
}

async function proveSecondFactor(
  db: Executor,
  deps: StaffDeps,
  member: MemberRow,
  code: string | undefined,
): Promise<void> {
  if (member.demo || member.totpConfirmedAt === null) return
  if (code === undefined || code === '') throw new Refusal('second_factor_required')
  await spendCode(db, deps, member, code)
}

/** Accepts a code of the member's authenticator once. Refuses with `wrong_second_factor` or `rate_limited`. */
export async function spendCode(
  db: Executor,
  { attempts, clock, vault }: StaffDeps,
  { id, totpSecret }: Pick<MemberRow, 'id' | 'totpSecret'>,
  code: string,
): Promise<void> {
  await attempts.take('sign-in:code', id)
  const step = totpSecret === null ? undefined : stepOfCode(vault, { id, totpSecret }, code, clock.now())
  if (step === undefined || !(await spendStep(db, id, step))) throw new Refusal('wrong_second_factor')
  await attempts.clear('sign-in:code', id)
}
