import type pg from 'pg'
import { createSharedLimits, type SharedLimits } from '../../platform/shared-limits.ts'

/** By client and origin together, so that nobody can use up what another client has; and by origin, for floods of made-up clients. */
const LIMITS = {
  'oauth:client': { points: 60, duration: 60 },
  'oauth:origin': { points: 600, duration: 60 },
} as const

export type OAuthLimits = SharedLimits<keyof typeof LIMITS>

export const createOAuthLimits = (pool: pg.Pool): OAuthLimits => createSharedLimits(pool, LIMITS)
