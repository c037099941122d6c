import type { Member, Role } from '../../../contracts/staff.ts'

/** A presence older than this is somebody whose browser has gone. */
export const HEARTBEAT_LOST_MS = 90_000

interface Enrolment {
  readonly demo: boolean
  readonly totpConfirmedAt: Date | null
}

/** Everybody has a second factor: their own authenticator, or their provider's. Demo accounts alone go without. */
export function secondFactorDue(member: Enrolment, signedInBy: 'password' | 'oidc'): boolean {
  return !member.demo && member.totpConfirmedAt === null && signedInBy !== 'oidc'
}

/** Who signed in with a password that others have seen is to choose another. */
export function passwordDue(
  member: { readonly passwordDue: boolean },
  signedInBy: 'password' | 'oidc',
): boolean {
  return member.passwordDue && signedInBy === 'password'
}

/** Shut accounts, and demo accounts outside a demo, which would else be a way around the second factor. */
export function mayEnter(member: { active: boolean; demo: boolean }, demoInstallation: boolean): boolean {
  return member.active && (!member.demo || demoInstallation)
}

/** Locked by hand, or because the person has done nothing for `idleLockMs`. */
export function isLocked(
  session: { lockedAt: Date | null; lastSeenAt: Date },
  now: Date,
  idleLockMs: number,
): boolean {
  return session.lockedAt !== null || now.getTime() - session.lastSeenAt.getTime() > idleLockMs
}

/** What colleagues see: what the person said last, unless their browser has fallen silent since. */
export function presenceNow(
  member: { presence: Member['presence']; presenceAt: Date | null },
  now: Date,
): Member['presence'] {
  const silent = member.presenceAt === null || now.getTime() - member.presenceAt.getTime() > HEARTBEAT_LOST_MS
  return silent ? 'offline' : member.presence
}

/** Both hold the same roles, whatever their order. */
export function sameRoles(one: readonly Role[], other: readonly Role[]): boolean {
  const left = new Set(one)
  const right = new Set(other)
  return left.size === right.size && [...left].every((role) => right.has(role))
}
