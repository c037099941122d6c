import { createHash } from 'node:crypto'
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { databaseProblem } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'

/**
 * How many tries are given, to whom, in how many seconds. The pair stops a guesser at once and leaves the person, who sits
 * elsewhere, alone; the wider ones stop guesses spread over many addresses or many members.
 */
const LIMITS = {
  'sign-in:email-and-address': { points: 10, duration: 900 },
  'sign-in:email': { points: 100, duration: 3600 },
  'sign-in:address': { points: 200, duration: 900 },
  /** Codes of the authenticator, and passwords of somebody whose session stands. */
  'sign-in:code': { points: 10, duration: 900 },
  'session:password': { points: 10, duration: 900 },
} as const

export type Attempt = keyof typeof LIMITS

/** Counts tries across all nodes. */
export interface AttemptLimits {
  /** Takes one try. Refuses with `rate_limited` when none is left and with `unavailable` when they cannot be counted. */
  take(attempt: Attempt, ...key: string[]): Promise<void>
  /** It was really them: forget their tries. */
  clear(attempt: Attempt, ...key: string[]): Promise<void>
  /** It was really them: give one try back. For keys that many share, as a call centre's address. */
  giveBack(attempt: Attempt, ...key: string[]): Promise<void>
}

const AWAY_RETRY_MS = 2000

/**
 * Limits kept in PostgreSQL (platform.rate_limit), so that several nodes count together. Without the database they fail closed:
 * a count in this process's memory would give a guesser fresh tries on every node. Runs on the system's time.
 */
export function createAttemptLimits(pool: pg.Pool): AttemptLimits {
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, limit]) => [name, limiterOf(pool, name, limit)]),
  )
  const limiterFor = (attempt: Attempt) => {
    const limiter = limiters.get(attempt)
    if (!limiter) throw new Error(`no limit is set for ${attempt}`)
    return limiter
  }
  return {
    async take(attempt, ...key) {
      await limiterFor(attempt).consume(digest(key)).catch(refuse)
    },
    async clear(attempt, ...key) {
      await limiterFor(attempt).delete(digest(key)).catch(refuse)
    },
    async giveBack(attempt, ...key) {
      await limiterFor(attempt).reward(digest(key)).catch(refuse)
    },
  }
}

function limiterOf(pool: pg.Pool, keyPrefix: string, limit: { points: number; duration: number }) {
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

/** E-mails and addresses are personal: the table keeps only their digest. */
const digest = (key: string[]) => createHash('sha256').update(JSON.stringify(key)).digest('base64url')

function refuse(reason: unknown): never {
  if (reason instanceof RateLimiterRes)
    throw new Refusal('rate_limited', { retryAfterMs: reason.msBeforeNext })
  if (databaseProblem(reason))
    throw new Refusal('unavailable', { what: 'sign-in', retryAfterMs: AWAY_RETRY_MS })
  throw reason
}
