import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../platform/refusal.ts'

/** How often one person may do something: points within seconds. */
const LIMITS = {
  message: { points: 40, duration: 60 },
  upload: { points: 30, duration: 300 },
} as const

/** Limits of those who write to us, by node: they shield, they do not account. Refuses with `rate_limited`. */
export function createChatLimits(): (what: keyof typeof LIMITS, key: string) => Promise<void> {
  const limiters = {
    message: new RateLimiterMemory(LIMITS.message),
    upload: new RateLimiterMemory(LIMITS.upload),
  }
  return async (what, key) => {
    try {
      await limiters[what].consume(key)
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new Refusal('rate_limited', { retryAfterMs: error.msBeforeNext })
    }
  }
}
