import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../refusal.ts'

export interface RateShield {
  /** Requests of one address in the window. A whole call centre may stand behind one. */
  readonly max: number
  readonly windowMs: number
}

/** Where other programs call. */
const SHIELDED = ['/api/', '/tmf-api/', '/oauth/']
const DEFAULT: RateShield = { max: 6000, windowMs: 60_000 }

/**
 * A coarse limit an address and a node, for the APIs alone: it keeps floods from the rest. Limits that matter (sign-in, codes) are kept
 * in the database by those who set them. Webhooks are not counted: channels deliver in bursts from few addresses.
 */
export async function addRateShield(app: FastifyInstance, { max, windowMs } = DEFAULT): Promise<void> {
  await app.register(rateLimit, {
    max,
    timeWindow: windowMs,
    cache: 20_000,
    allowList: ({ url }) => !SHIELDED.some((path) => url.startsWith(path)),
    errorResponseBuilder: (_request, { ttl }) => new Refusal('rate_limited', { retryAfterMs: ttl }),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
  })
}
