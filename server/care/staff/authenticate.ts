import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/index.ts'
import {
  type Authenticate,
  hashOfToken,
  isSameOrigin,
  requireSameOrigin,
  type Staff,
} from '../../platform/http/index.ts'
import { readSessionToken } from './cookie.ts'
import { isLocked, mayEnter, passwordDue, secondFactorDue } from './policy.ts'
import { findSessionByToken, findSessions, type SessionRow, touchSession } from './session-store.ts'
import type { StaffSettings } from './settings.ts'

export interface AuthenticateDeps {
  readonly db: Db
  readonly clock: Clock
  readonly settings: StaffSettings
}

/** The desk sets it on requests that a person caused; its own polling must not keep a session awake. */
export const ACTIVE_HEADER = 'x-otklik-active'
const TOUCH_MS = 60_000
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Knows staff by the session cookie. A request with an `Authorization` header is somebody else's business, whatever cookies the
 * browser added. Writes must come from a page of ours (`origin_not_allowed`). Writes, and reads with `x-otklik-active: 1`, count
 * as the person's activity; it is written down at most once a minute, so the lock may come that much early, never late.
 */
export function authenticateStaff(deps: AuthenticateDeps): Authenticate {
  return async (request) => {
    if (request.headers.authorization !== undefined) return undefined
    const token = readSessionToken(request, deps.settings.secureCookies)
    if (token === undefined) return undefined
    const isWrite = !SAFE_METHODS.has(request.method)
    if (isWrite) requireSameOrigin(request, deps.settings.allowedOrigins)
    const session = await findSessionByToken(deps.db, hashOfToken(token), deps.clock.now())
    if (!session || !mayEnter(session, deps.settings.demo)) return undefined
    const actor = staffOf(session, deps)
    const isActive = isWrite || request.headers[ACTIVE_HEADER] === '1'
    if (isActive && !actor.locked) await touch(deps, session)
    return actor
  }
}

/**
 * Who opens a WebSocket. A browser sends cookies with an upgrade from any page of the same site, so a foreign or missing origin is
 * nobody of the staff (it may still be a visitor of a chat), and so is who has yet to enrol a second factor or to choose a password. The answer holds for that moment: ask `sessionStates` as it goes on.
 */
export function staffOfUpgrade(
  deps: AuthenticateDeps,
): (request: Pick<FastifyRequest, 'headers'>) => Promise<Staff | undefined> {
  return async (request) => {
    const token = readSessionToken(request, deps.settings.secureCookies)
    if (token === undefined || isSameOrigin(request, deps.settings.allowedOrigins) !== true) return undefined
    const session = await findSessionByToken(deps.db, hashOfToken(token), deps.clock.now())
    if (!session || !mayEnter(session, deps.settings.demo)) return undefined
    const actor = staffOf(session, deps)
    return actor.secondFactorDue || actor.passwordDue ? undefined : actor
  }
}

export type SessionState = 'open' | 'locked' | 'ended'

/** How these sessions stand now, for sockets that outlive the moment of their authentication. One query for all. */
export async function sessionStates(
  { db, clock, settings }: AuthenticateDeps,
  sessionIds: readonly string[],
): Promise<Map<string, SessionState>> {
  const states = new Map<string, SessionState>(sessionIds.map((id) => [id, 'ended']))
  const now = clock.now()
  for (const session of await findSessions(db, sessionIds, now)) {
    if (!mayEnter(session, settings.demo)) continue
    states.set(session.id, isLocked(session, now, settings.idleLockMs) ? 'locked' : 'open')
  }
  return states
}

function staffOf(session: SessionRow, { clock, settings }: AuthenticateDeps): Staff {
  return {
    kind: 'agent',
    id: session.memberId,
    name: session.name,
    roles: session.roles,
    sessionId: session.id,
    locked: isLocked(session, clock.now(), settings.idleLockMs),
    secondFactorDue: secondFactorDue(session, session.signedInBy),
    passwordDue: passwordDue(session, session.signedInBy),
  }
}

async function touch({ db, clock, settings }: AuthenticateDeps, session: SessionRow): Promise<void> {
  const now = clock.now()
  const before = new Date(now.getTime() - Math.min(TOUCH_MS, settings.idleLockMs / 10))
  if (session.lastSeenAt >= before) return
  const expiresAt = new Date(now.getTime() + settings.sessionMs)
  await touchSession(db, session.id, { now, before, expiresAt })
}
