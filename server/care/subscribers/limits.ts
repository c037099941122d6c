import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { databaseProblem } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'

/** How many in how many seconds, counted by all nodes together. */
const LIMITS = {
  'code:number': { points: 3, duration: 3600 },
  'code:agent': { points: 10, duration: 3600 },
  'find:minute': { points: 20, duration: 60 },
  'find:day': { points: 300, duration: 86_400 },
} as const

export type Limited = keyof typeof LIMITS

export interface SubscriberLimits {
  /** Takes one of what is allowed to `key`. Refuses with `rate_limited`, and with `unavailable` when it cannot be counted. */
  take(limited: Limited, key: string): Promise<void>
}

const AWAY_RETRY_MS = 2000

/**
 * Limits kept in PostgreSQL (platform.rate_limit). Keys that are personal are fingerprinted by the caller. Runs on the system's time.
 * @param pool counts outside of the caller's transaction, so that what was refused or rolled back is counted too
 */
export function createSubscriberLimits(pool: pg.Pool): SubscriberLimits {
  const limiterOf = (keyPrefix: Limited) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'platform',
      tableName: 'rate_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      ...LIMITS[keyPrefix],
    })
  const limiters: Readonly<Record<Limited, RateLimiterPostgres>> = {
    'code:number': limiterOf('code:number'),
    'code:agent': limiterOf('code:agent'),
    'find:minute': limiterOf('find:minute'),
    'find:day': limiterOf('find:day'),
  }
  return {
    async take(limited, key) {
      await limiters[limited].consume(key).catch(refuse)
    },
  }
}

function refuse(reason: unknown): never {
  if (reason instanceof RateLimiterRes)
    throw new Refusal('rate_limited', { retryAfterMs: reason.msBeforeNext })
  if (databaseProblem(reason))
    throw new Refusal('unavailable', { what: 'limits', retryAfterMs: AWAY_RETRY_MS })
  throw reason
}
