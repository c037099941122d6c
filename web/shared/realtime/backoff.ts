const FIRST_MS = 400
const MOST_MS = 15_000

/**
 * Milliseconds before reconnect number `attempt` (from 0): doubling, with half of it random, so that a thousand
 * desks do not come back in the same instant after a restart.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** attempt)
  return Math.round(full / 2 + (full / 2) * random())
}
