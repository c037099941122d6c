import { randomInt, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../../platform/refusal.ts'
import type { My } from '../my.ts'
import type { CodeAttempt } from './challenge-store.ts'

export const CODE_LASTS_MS = 300_000
export const ATTEMPTS = 5
/** The app offers to send another one after this time. */
export const AGAIN_MS = 60_000

export const newCode = (): string => randomInt(1_000_000).toString().padStart(6, '0')

/** Six digits are soon tried out: only a keyed hash keeps them. The challenge's id makes equal codes differ. */
export const hashOfCode = ({ subscribers }: Pick<My, 'subscribers'>, challengeId: string, code: string) =>
  Buffer.from(subscribers.fingerprint(`my-code:${challengeId}:${code}`), 'hex')

export interface Told {
  readonly challengeId: string
  readonly code: string
}

/**
 * Gives the attempt back if the code was right. Refuses with `code_expired` (unknown, too old, used), `rate_limited` (no attempt left), `code_wrong`
 * (`attemptsLeft`). A number that is not ours has codes too; nobody was told them.
 */
export function requireRightCode(
  my: Pick<My, 'clock' | 'subscribers'>,
  attempt: CodeAttempt | undefined,
  { challengeId, code }: Told,
): CodeAttempt & { readonly msisdn: string } {
  if (!attempt || attempt.usedAt !== null || attempt.msisdn === null || attempt.expiresAt <= my.clock.now())
    throw new Refusal('code_expired')
  if (!attempt.taken) throw new Refusal('rate_limited', { attemptsLeft: 0 })
  if (!timingSafeEqual(attempt.secretHash, hashOfCode(my, challengeId, code)))
    throw new Refusal('code_wrong', { attemptsLeft: attempt.attemptsLeft })
  return { ...attempt, msisdn: attempt.msisdn }
}
