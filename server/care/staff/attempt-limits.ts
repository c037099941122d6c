import type pg from 'pg'
import { createSharedLimits, type SharedLimits } from '../../platform/shared-limits.ts'

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

/** Counts tries across all nodes. */
export type AttemptLimits = SharedLimits<keyof typeof LIMITS>

export function createAttemptLimits(pool: pg.Pool): AttemptLimits {
  return createSharedLimits(pool, LIMITS)
}
