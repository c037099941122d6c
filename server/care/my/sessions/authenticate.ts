import type { FastifyRequest } from 'fastify'
import { createBatcher } from '../../../platform/batcher.ts'
import {
  type Authenticate,
  hashTextOfToken,
  isSameOrigin,
  requireSameOrigin,
  type Subscriber,
} from '../../../platform/http/index.ts'
import { readSessionToken } from '../cookies.ts'
import { lineAskedFor, putAtHand } from '../line-at-hand.ts'
import type { My } from '../my.ts'
import { type Asking, type Found, findCallers, findInMemory } from './find-callers.ts'
import { rulesFor } from './rules.ts'
import { type CallerRow, touchSession } from './session-store.ts'

type Deps = Pick<My, 'db' | 'clock' | 'edge' | 'memory' | 'settings'>

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const MOST_TOGETHER = 256
/** Fewer who wait are answered sooner and cheaper with the next statement than by one of their own beside it. */
const CROWD = 12

export interface MyAuthentication {
  /**
   * Knows subscribers by the cookie of My. A request with an `Authorization` header is somebody else's business. Writes must come from a page of
   * ours (`origin_not_allowed`). Every request keeps the session going; it is written down now and then. The line that the first screen is asked
   * of is found with the session, and put at hand on the request.
   */
  readonly authenticate: Authenticate
  /** Who opens a WebSocket; a foreign or missing origin is nobody. The answer holds for that moment. */
  readonly subscriberOfUpgrade: (request: Pick<FastifyRequest, 'headers'>) => Promise<Subscriber | undefined>
}

/** Sessions are known of memory or looked up, as of every request; requests that come together share a statement. */
export function authenticateSubscriber(deps: Deps): MyAuthentication {
  const { settings } = deps
  const lookUp = createBatcher<Asking, Found>((askings) => findCallers(deps, askings), {
    maxBatch: MOST_TOGETHER,
    abreast: 2,
    crowd: CROWD,
  })
  const find = async (asking: Asking): Promise<Found> =>
    (await findInMemory(deps, asking)) ?? lookUp.add(asking)
  return {
    authenticate: async (request) => {
      if (request.headers.authorization !== undefined) return undefined
      const token = readSessionToken(request, deps)
      if (token === undefined) return undefined
      if (!SAFE_METHODS.has(request.method)) requireSameOrigin(request, settings.allowedOrigins)
      const asking = { tokenHash: hashTextOfToken(token), lineId: lineAskedFor(request) }
      const { caller: session, line } = await find(asking)
      if (!session) return undefined
      putAtHand(request, line)
      await touch(deps, session)
      return actorOf(session)
    },
    subscriberOfUpgrade: async (request) => {
      const token = readSessionToken(request, deps)
      if (token === undefined || isSameOrigin(request, settings.allowedOrigins) !== true) return undefined
      const { caller } = await find({ tokenHash: hashTextOfToken(token), lineId: undefined })
      return caller && actorOf(caller)
    },
  }
}

function actorOf(session: CallerRow): Subscriber {
  const { id, subscriberId, partyId, name, freshUntil, trusted } = session
  return { kind: 'subscriber', id: subscriberId, name, sessionId: id, partyId, freshUntil, trusted }
}

/** Writes down now and then that the session is used. */
async function touch({ db, clock }: Deps, { id, trusted, lastSeenAt }: CallerRow): Promise<void> {
  const now = clock.now()
  const rules = rulesFor(trusted)
  const before = new Date(now.getTime() - rules.touch)
  if (lastSeenAt >= before) return
  await touchSession(db, id, { now, before, idleUntil: new Date(now.getTime() + rules.idle) })
}
