import type pg from 'pg'
import { createSharedLimits, type SharedLimits } from '../../platform/shared-limits.ts'

/** How many in how many seconds, counted by all nodes together. */
const LIMITS = {
  'code:number': { points: 3, duration: 3600 },
  'code:agent': { points: 10, duration: 3600 },
  'find:minute': { points: 20, duration: 60 },
  'find:day': { points: 300, duration: 86_400 },
  'search:minute': { points: 60, duration: 60 },
  'search:day': { points: 1000, duration: 86_400 },
} as const

export type SubscriberLimits = SharedLimits<keyof typeof LIMITS>

export function createSubscriberLimits(pool: pg.Pool): SubscriberLimits {
  return createSharedLimits(pool, LIMITS)
}
