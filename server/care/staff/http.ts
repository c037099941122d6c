import type { staff } from '../../../contracts/staff.ts'
import { type Handlers, hashOfToken } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { changeMe } from './change-me.ts'
import { changeMember } from './change-member.ts'
import { clearSessionCookie, readSessionToken, setSessionCookie } from './cookie.ts'
import { createMember } from './create-member.ts'
import type { StaffDeps } from './deps.ts'
import { revokeSession, signOut } from './end-sessions.ts'
import { confirmSecondFactor, startSecondFactor } from './enrol-second-factor.ts'
import { lock, unlock } from './lock.ts'
import { memberOf, meOf } from './me.ts'
import { allMembers, findMember } from './member-store.ts'
import { passwordDue, secondFactorDue } from './policy.ts'
import { resetPassword } from './reset-password.ts'
import { deleteSessionByToken, sessionsOfMember } from './session-store.ts'
import { signIn } from './sign-in.ts'
import { deviceOf } from './start-session.ts'

const done = { done: true } as const

/** The handlers of the `staff` contract. */
export function staffHandlers(deps: StaffDeps): Handlers<typeof staff> {
  const { clock, settings } = deps
  return {
    async signInOptions() {
      const { operator, demo, oidc } = settings
      return { operator: operator.name, accent: operator.accent, oidc: oidc !== undefined, demo }
    },
    async signIn({ db, body, request, reply }) {
      const { member, session } = await signIn(db, deps, body, deviceOf(request))
      // The browser forgets the session that it came with: nobody else is to find it.
      const former = readSessionToken(request, settings.secureCookies)
      if (former !== undefined) await deleteSessionByToken(db, hashOfToken(former))
      setSessionCookie(reply, session.token, settings.secureCookies)
      return meOf(deps, member, {
        locked: false,
        secondFactorDue: secondFactorDue(member, 'password'),
        passwordDue: passwordDue(member, 'password'),
      })
    },
    async getMe({ db, actor }) {
      const member = found(await findMember(db, actor.id), 'member')
      return meOf(deps, member, actor)
    },
    async signOut({ db, actor, reply }) {
      await signOut(db, deps, actor)
      clearSessionCookie(reply, settings.secureCookies)
      return done
    },
    async lockSession({ db, actor }) {
      await lock(db, deps, actor)
      return done
    },
    async unlockSession({ db, actor, body }) {
      const member = await unlock(db, deps, actor, body.password)
      return meOf(deps, member, { ...actor, locked: false })
    },
    async listSessions({ db, actor }) {
      const sessions = await sessionsOfMember(db, actor.id, clock.now())
      return sessions.map(({ startedAt, lastSeenAt, ...session }) => ({
        ...session,
        startedAt: startedAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        current: session.id === actor.sessionId,
      }))
    },
    async revokeSession({ db, actor, params }) {
      await revokeSession(db, deps, actor, params.id)
      return done
    },
    async startSecondFactor({ db, actor }) {
      return startSecondFactor(db, deps, actor)
    },
    async confirmSecondFactor({ db, actor, body }) {
      const member = await confirmSecondFactor(db, deps, actor, body.code)
      return meOf(deps, member, { ...actor, locked: false, secondFactorDue: false })
    },
    async changeMe({ db, actor, body }) {
      const member = await changeMe(db, deps, actor, body)
      return meOf(deps, member, { ...actor, locked: false })
    },
    async listMembers({ db }) {
      const now = clock.now()
      return (await allMembers(db)).map((member) => memberOf(member, now))
    },
    async createMember({ db, actor, body }) {
      const { member, password } = await createMember(db, deps, actor, body)
      return { member: memberOf(member, clock.now()), password }
    },
    async resetPassword({ db, actor, params }) {
      return { password: await resetPassword(db, deps, actor, params.id) }
    },
    async changeMember({ db, actor, params, body }) {
      return memberOf(await changeMember(db, deps, actor, params.id, body), clock.now())
    },
  }
}
