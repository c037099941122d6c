import { Refusal } from '../refusal.ts'
import { Unavailable } from './unavailable.ts'

/** Why a service was not reached, in a word: `timeout`, `ECONNREFUSED`, `private_address`; undefined: it was not the way there. */
export function whyUnreached(error: unknown): string | undefined {
  if (error instanceof Unavailable) return String(error.facts.reason)
  return error instanceof Refusal && error.code === 'private_address' ? error.code : undefined
}
