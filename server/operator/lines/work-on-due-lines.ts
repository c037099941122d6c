import type { Db } from '../../platform/database/index.ts'
import { type DueWork, type OnDefect, workOnDue } from '../../platform/jobs/index.ts'
import type { LinesContext } from './lines-context.ts'
import { lockRows } from './store/read-rows.ts'

/**
 * Does what is due on lines in one transaction. Gives how many lines it looked at; 0 = nothing is due. A line that fails does not hold the
 * others up: it is set aside (see `workOnDue`). For a loop.
 * @param onDefect told why a line was set aside
 */
export const workOnDueLines = (
  db: Db,
  { clock }: LinesContext,
  due: Omit<DueWork, 'claimOne'>,
  onDefect: OnDefect,
): Promise<number> =>
  workOnDue(db, clock, { ...due, claimOne: (tx, lineId) => lockRows(tx, [lineId]) }, onDefect)
