import type { FastifyReply, FastifyRequest } from 'fastify'
import type { my as contract } from '../../../contracts/my.ts'
import { inTransaction } from '../../platform/database/index.ts'
import { type Handlers, hashOfToken, isSameOrigin } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { changeSubscriber, partyOf } from '../subscribers/index.ts'
import {
  clearSessionCookie,
  deviceThatKnows,
  readSessionToken,
  setDeviceCookie,
  setSessionCookie,
} from './cookies.ts'
import { lineAtHand } from './line-at-hand.ts'
import { readHome } from './lines-of-mine.ts'
import type { My } from './my.ts'
import { removeDevice, signOut } from './sessions/end-sessions.ts'
import { presentSession } from './sessions/present-session.ts'
import { deleteSessionByToken, findSession, sessionsOf } from './sessions/session-store.ts'
import type { Entered } from './sign-in/enter.ts'
import { confirmFreshCode, sendFreshCode } from './sign-in/fresh-code.ts'
import { issuePass, withdrawPass } from './sign-in/issue-pass.ts'
import { signInByCode } from './sign-in/sign-in-by-code.ts'
import { signInByPass } from './sign-in/sign-in-by-pass.ts'
import { startSignIn } from './sign-in/start-sign-in.ts'

type SigningIn =
  | 'startSignIn'
  | 'signInToMy'
  | 'getMySession'
  | 'changeMySession'
  | 'signOutOfMy'
  | 'listMyDevices'
  | 'removeMyDevice'
  | 'sendFreshCode'
  | 'confirmFreshCode'
  | 'issueMyPass'
  | 'withdrawMyPass'
  | 'getMyHome'

const MOST_DEVICES = 100
const done = { done: true } as const
const asText = ({ expiresAt, againAt }: { expiresAt: Date; againAt: Date }) => ({
  expiresAt: expiresAt.toISOString(),
  againAt: againAt.toISOString(),
})

/** Signing in and out, devices, fresh codes, the first screen. */
export function signInHandlers(my: My): Pick<Handlers<typeof contract>, SigningIn> {
  const { clock, settings } = my
  return {
    async startSignIn({ body, request }) {
      requireOwnPage(my, request)
      const knownDevice = (msisdn: string) => deviceThatKnows(request, my, msisdn)
      const sent = await startSignIn(my, { ...body, address: request.ip, knownDevice })
      return { challengeId: sent.challengeId, ...asText(sent) }
    },
    async signInToMy({ body, request, reply }) {
      requireOwnPage(my, request)
      if ('pass' in body)
        return letIn(my, request, reply, await signInByPass(my, body.pass, body.device, request.ip))
      const entered = await signInByCode(my, body, body.device, request.ip)
      if (entered.by === 'sms') setDeviceCookie(reply, my, entered.msisdn)
      return letIn(my, request, reply, entered)
    },
    getMySession: ({ db, actor }) => presentSession(db, my, actor),
    async changeMySession({ db, actor, body }) {
      const by = { kind: 'system', name: 'my' } as const
      await inTransaction(db, (tx) =>
        changeSubscriber(tx, my.subscribers, { id: actor.id, change: body, by }),
      )
      return presentSession(db, my, actor)
    },
    async signOutOfMy({ db, actor, query, reply }) {
      await signOut(db, actor, query.everywhere === 'yes')
      clearSessionCookie(reply, settings.secureCookies)
      return done
    },
    async listMyDevices({ db, actor }) {
      const devices = await sessionsOf(db, actor.id, clock.now(), MOST_DEVICES)
      return devices.map(({ signedInAt, lastSeenAt, ...device }) => ({
        ...device,
        current: device.id === actor.sessionId,
        signedInAt: signedInAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }))
    },
    async removeMyDevice({ db, actor, params, reply }) {
      await removeDevice(db, actor, params.id)
      if (params.id === actor.sessionId) clearSessionCookie(reply, settings.secureCookies)
      return done
    },
    async sendFreshCode({ db, actor }) {
      const session = await findSession(db, actor.sessionId, clock.now())
      const sent = await sendFreshCode(my, actor, session?.locale ?? 'ru')
      return { challengeId: sent.challengeId, masked: sent.masked, ...asText(sent) }
    },
    async confirmFreshCode({ actor, body }) {
      return { freshUntil: (await confirmFreshCode(my, actor, body)).toISOString() }
    },
    async issueMyPass({ actor, params, body, request }) {
      const { pass, expiresAt } = await issuePass(my, {
        contactPointId: params.id,
        reason: body.reason,
        agent: actor,
        address: request.ip,
      })
      return { pass, expiresAt: expiresAt.toISOString() }
    },
    async withdrawMyPass({ actor, params }) {
      await withdrawPass(my, { contactPointId: params.id, agent: actor })
      return done
    },
    getMyHome: ({ db, actor, query, request }) => readHome(db, my, actor, query.line, lineAtHand(request)),
  }
}

/** A page of another site must not sign anybody in: they would write to us as somebody else without knowing it. */
function requireOwnPage({ settings }: My, request: FastifyRequest): void {
  if (isSameOrigin(request, settings.allowedOrigins) === false) throw new Refusal('origin_not_allowed')
}

/** Hands the session to the browser; the one that it came with ends: nobody else is to find it. */
async function letIn(
  my: My,
  request: FastifyRequest,
  reply: FastifyReply,
  { subscriberId, session }: Entered,
) {
  const former = readSessionToken(request, my)
  if (former !== undefined) await deleteSessionByToken(my.db, hashOfToken(former))
  setSessionCookie(reply, session.token, { secure: my.settings.secureCookies, maxAgeS: session.maxAgeS })
  const partyId = (await partyOf(my.db, subscriberId)) ?? null
  return presentSession(my.db, my, { id: subscriberId, partyId, freshUntil: session.freshUntil })
}
