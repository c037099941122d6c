import type { Db } from '../../../platform/database/index.ts'
import type { LinesContext } from '../lines-context.ts'
import { deleteNames } from '../store/waiting-usage.ts'

const DAY_MS = 86_400_000
const AT_A_TIME = 5_000

/**
 * Forgets the names of records that are too old to be taken again, whoever sends them; twice the time, so that no clock matters. Gives
 * how many, at most 5,000. For a loop.
 */
export function forgetNames(db: Db, { clock, rules }: LinesContext): Promise<number> {
  return deleteNames(db, new Date(clock.now().getTime() - 2 * rules.usage.lateDays * DAY_MS), AT_A_TIME)
}
