import type { Executor } from '../../../platform/database/index.ts'
import type { Subscribers } from '../subscribers.ts'
import { forgetChallenges } from './challenge-store.ts'

/** How long an ended challenge is kept, so that a late code hears "expired" rather than "unknown". */
const KEPT_MS = 86_400_000

/** Destroys codes and tokens that ended a day ago, with the numbers that they were sent to. Gives how many. For a daily job. */
export function forgetEndedChallenges(db: Executor, { clock }: Pick<Subscribers, 'clock'>): Promise<number> {
  return forgetChallenges(db, new Date(clock.now().getTime() - KEPT_MS))
}
