import type { Route } from '../../../contracts/route.ts'
import { ApiProblem } from './problem.ts'

const AWAY = new Set(['network', 'timeout', 'unavailable', 'database_unavailable'])

/** How often a call may be made again: reads, and writes that carry a key and so happen once. */
export function retriesOf(route: Pick<Route, 'idempotency'>): number {
  if (route.idempotency === 'safe') return 2
  return route.idempotency === 'key' ? 1 : 0
}

/** Milliseconds to wait before the next attempt (from 0), with full jitter; the server's own wish is obeyed up to 5 s. */
export function retryDelay(
  error: unknown,
  attempt: number,
  random: () => number = Math.random,
): number | null {
  if (!(error instanceof ApiProblem) || !AWAY.has(error.code)) return null
  const wish = error.facts.retryAfterMs
  const least = typeof wish === 'number' ? Math.min(wish, 5000) : 250 * 2 ** attempt
  return Math.round(least * (0.5 + random()))
}
