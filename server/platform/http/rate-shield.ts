import type { FastifyInstance } from 'fastify'
import { networkOf } from '../networks.ts'
import { Refusal } from '../refusal.ts'

export interface RateShield {
  /** Requests of one address in the window. A whole call centre may stand behind one. */
  readonly max: number
  /** The same of an address behind which a mobile network stands: tens of thousands of phones. */
  readonly sharedMax: number
  readonly windowMs: number
}

/** Where other programs call. */
const SHIELDED = ['/api/', '/tmf-api/', '/oauth/']
const DEFAULT: RateShield = { max: 6_000, sharedMax: 240_000, windowMs: 60_000 }
/** So many addresses are remembered at most, some 10 MB; a flood from more of them begins a new window. */
const MOST_ADDRESSES = 100_000

/**
 * A coarse limit an address and a node, for the APIs alone: it keeps floods from the rest, and therefore stands before anybody asks who
 * calls. Limits that matter (sign-in, codes) are kept in the database by those who set them. Webhooks are not counted: channels deliver
 * in bursts from few addresses. Refuses with `rate_limited`.
 * @param isShared does an address stand for many phones, as those of the operator's own network do?
 */
export function addRateShield(
  app: FastifyInstance,
  isShared: (address: string) => boolean,
  { max, sharedMax, windowMs } = DEFAULT,
): void {
  let seen = new Map<string, number>()
  let endsAt = 0
  const countOf = (address: string, now: number): number => {
    if (now >= endsAt || seen.size >= MOST_ADDRESSES) {
      seen = new Map()
      endsAt = now + windowMs
    }
    const count = (seen.get(address) ?? 0) + 1
    seen.set(address, count)
    return count
  }
  app.addHook('onRequest', (request, _reply, done) => {
    if (!SHIELDED.some((path) => request.url.startsWith(path))) return done()
    const now = performance.now()
    const count = countOf(networkOf(request.ip), now)
    if (count <= max || (count <= sharedMax && isShared(request.ip))) return done()
    done(new Refusal('rate_limited', { retryAfterMs: Math.ceil(endsAt - now) }))
  })
}
