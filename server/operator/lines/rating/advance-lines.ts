import { type Db, databaseProblem, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { ageLine } from '../aging/age-line.ts'
import type { LinesContext } from '../lines-context.ts'
import { saveDrafts } from '../save-drafts.ts'
import { postpone } from '../store/postpone.ts'
import { claimRows, lockRows } from '../store/read-rows.ts'
import { draftsOf } from '../work-on-lines.ts'

/** Lines that are brought up to the present in one transaction. */
export const LINES_AT_A_TIME = 100
/** Most things that happen to a line in one transaction: one that nobody looked at for a year comes again until it has caught up. */
const STEPS = 64
/** A line that cannot be brought up to the present is looked at again after so long. */
const SET_ASIDE_MS = 5 * 60_000

/**
 * Brings lines for which something is due up to the present, at most `limit` in one transaction. Gives how many it looked at; 0 =
 * nothing is due. Several nodes share the work: each line is claimed by one. For a loop.
 * A line that fails does not hold the others up: they go on one by one, it is set aside for five minutes.
 * @param onDefect told why a line was set aside
 */
export async function advanceLines(
  db: Db,
  lines: LinesContext,
  limit: number,
  onDefect: (error: unknown) => void,
): Promise<number> {
  const now = lines.clock.now()
  let claimed: string[] = []
  try {
    return await inTransaction(db, async (tx) => {
      claimed = await claimRows(tx, now, limit)
      await advance(tx, lines, claimed, now)
      return claimed.length
    })
  } catch (error) {
    if (databaseProblem(error) || claimed.length === 0) throw error
  }
  for (const lineId of claimed) await advanceAlone(db, lines, lineId, onDefect)
  return claimed.length
}

async function advance(
  tx: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
  now: Date,
): Promise<void> {
  const drafts = await draftsOf(tx, lines, lineIds)
  for (const draft of drafts) {
    ageLine(draft, now, STEPS)
    // Also where nothing happened any more: somebody else's work left an earlier time to look.
    draft.changes.touched = true
  }
  await saveDrafts(tx, lines, drafts)
}

async function advanceAlone(
  db: Db,
  lines: LinesContext,
  lineId: string,
  onDefect: (error: unknown) => void,
): Promise<void> {
  const now = lines.clock.now()
  try {
    await inTransaction(db, async (tx) => advance(tx, lines, await lockRows(tx, [lineId]), now))
  } catch (error) {
    if (databaseProblem(error)) throw error
    onDefect(error)
    await postpone(db, lineId, new Date(now.getTime() + SET_ASIDE_MS))
  }
}
