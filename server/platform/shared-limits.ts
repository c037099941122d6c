import { createHash } from 'node:crypto'
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { databaseProblem } from './database/index.ts'
import { Refusal } from './refusal.ts'

/** How many are given in how many seconds. */
export interface Limit {
  readonly points: number
  readonly duration: number
}

/** Counts across all nodes. */
export interface SharedLimits<Name extends string> {
  /** Takes one. Refuses with `rate_limited` when none is left and with `unavailable` when they cannot be counted. */
  take(name: Name, ...key: string[]): Promise<void>
  /** Forgets what was taken. */
  clear(name: Name, ...key: string[]): Promise<void>
  /** Gives one back. For keys that many share, as a call centre's address. */
  giveBack(name: Name, ...key: string[]): Promise<void>
}

const AWAY_RETRY_MS = 2000

/**
 * Limits kept in PostgreSQL (platform.rate_limit), so that several nodes count together. Without the database they fail closed:
 * a count in this process's memory would give fresh tries on every node. Keys may be personal: the table keeps only their digest.
 * Runs on the system's time.
 * @param pool counts outside of the caller's transaction, so that what was refused or rolled back is counted too
 * @param limits by name; names are unique in the whole house
 */
export function createSharedLimits<Name extends string>(
  pool: pg.Pool,
  limits: Readonly<Record<Name, Limit>>,
): SharedLimits<Name> {
  const limiters = new Map(
    Object.entries<Limit>(limits).map(([name, limit]) => [name, limiterOf(pool, name, limit)]),
  )
  const limiterFor = (name: Name) => {
    const limiter = limiters.get(name)
    if (!limiter) throw new Error(`no limit is set for ${name}`)
    return limiter
  }
  return {
    async take(name, ...key) {
      await limiterFor(name).consume(digest(key)).catch(refuse)
    },
    async clear(name, ...key) {
      await limiterFor(name).delete(digest(key)).catch(refuse)
    },
    async giveBack(name, ...key) {
      await limiterFor(name).reward(digest(key)).catch(refuse)
    },
  }
}

function limiterOf(pool: pg.Pool, keyPrefix: string, limit: Limit) {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    schemaName: 'platform',
    tableName: 'rate_limit',
    tableCreated: true,
    // A job of ours empties the table; a timer a limiter would do it many times over.
    clearExpiredByTimeout: false,
    keyPrefix,
    ...limit,
  })
}

const digest = (key: string[]) => createHash('sha256').update(JSON.stringify(key)).digest('base64url')

function refuse(reason: unknown): never {
  if (reason instanceof RateLimiterRes)
    throw new Refusal('rate_limited', { retryAfterMs: reason.msBeforeNext })
  if (databaseProblem(reason))
    throw new Refusal('unavailable', { what: 'limits', retryAfterMs: AWAY_RETRY_MS })
  throw reason
}
