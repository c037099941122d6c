import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '../platform/networks.ts'
import { Refusal } from '../platform/refusal.ts'

/** Newcomers in a minute; who is refused waits no longer, and the widget asks again by itself. */
const LIMITS = {
  /** From one address: a home, an office, a school. */
  address: 40,
  /** From one address behind which a mobile network stands: tens of thousands of phones. */
  sharedAddress: 1_500,
  /** From all addresses but those: ten a second. */
  strangers: 600,
  /** From one address while strangers come in such numbers. */
  inFlood: 2,
} as const

/**
 * Limits of those who begin to talk on a site, by node: they shield, they do not account. One address that sends many is stopped alone. Many
 * addresses that send many are told apart from people by coming again: in a flood everybody's first visit from an address still gets in.
 * Who has begun is never asked again. Refuses with `rate_limited`.
 * @param isShared does an address stand for many phones, as those of the operator's own network do?
 */
export function createNewcomerLimits(
  isShared: (address: string) => boolean,
): (address: string) => Promise<void> {
  const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: 60 })
  const address = limiterOf(LIMITS.address)
  const sharedAddress = limiterOf(LIMITS.sharedAddress)
  const strangers = limiterOf(LIMITS.strangers)
  const inFlood = limiterOf(LIMITS.inFlood)
  return async (from) => {
    const network = networkOf(from)
    if (isShared(from)) return take(sharedAddress, network)
    // First by address: what one address is refused takes nothing from the others.
    await take(address, network)
    if (!(await has(strangers))) await take(inFlood, network)
  }
}

async function has(limiter: RateLimiterMemory): Promise<boolean> {
  try {
    await take(limiter, 'all')
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    throw new Refusal('rate_limited', { retryAfterMs: error.msBeforeNext })
  }
}
