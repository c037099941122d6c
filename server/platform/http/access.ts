import type { Access, Route } from '../../../contracts/route.ts'
import { Refusal } from '../refusal.ts'
import type { Actor, Staff } from './actor.ts'

/** Operations that answer while the desk is locked or a second factor is still to be enrolled. */
const ALWAYS_OPEN = new Set(['getMe', 'signOut', 'unlockSession'])
const OPEN_TO_ENROL = new Set(['startSecondFactor', 'confirmSecondFactor'])

function allows(access: Access, actor: Actor): boolean {
  if (access === 'public') return true
  if (access === 'visitor') return actor.kind === 'visitor'
  if (access === 'subscriber') return actor.kind === 'subscriber'
  if (access === 'staff') return actor.kind === 'agent'
  if (actor.kind === 'service') return actor.scopes.some((scope) => access === `service:${scope}`)
  return actor.kind === 'agent' && actor.roles.some((role) => role === access)
}

function requireReadySession(operation: string, staff: Staff): void {
  if (ALWAYS_OPEN.has(operation)) return
  if (staff.locked) throw new Refusal('session_locked')
  if (OPEN_TO_ENROL.has(operation)) return
  if (staff.secondFactorDue) throw new Refusal('second_factor_unenrolled')
  if (staff.passwordDue && operation !== 'changeMe') throw new Refusal('password_due')
}

/**
 * Lets the actor pass or refuses: `unauthenticated` (nobody known), `session_locked`, `second_factor_unenrolled`, `password_due`,
 * `forbidden`.
 * The one place where the access that a contract declares is enforced.
 */
export function requireAccess(operation: string, route: Route, actor: Actor): void {
  if (route.access.includes('public')) return
  if (actor.kind === 'anonymous') throw new Refusal('unauthenticated')
  if (actor.kind === 'agent') requireReadySession(operation, actor)
  if (!route.access.some((access) => allows(access, actor))) throw new Refusal('forbidden')
}
