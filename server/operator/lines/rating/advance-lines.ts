import type { Db } from '../../../platform/database/index.ts'
import { ageLine } from '../aging/age-line.ts'
import type { LinesContext } from '../lines-context.ts'
import { saveDrafts } from '../save-drafts.ts'
import { postpone } from '../store/postpone.ts'
import { claimRows } from '../store/read-rows.ts'
import { workOnDueLines } from '../work-on-due-lines.ts'
import { draftsOf } from '../work-on-lines.ts'

/** Lines that are brought up to the present in one transaction. */
export const LINES_AT_A_TIME = 100
/** Most things that happen to a line in one transaction: one that nobody looked at for a year comes again until it has caught up. */
const STEPS = 64

/**
 * Brings lines for which something is due up to the present, at most `limit` in one transaction. Gives how many it looked at; 0 =
 * nothing is due (see `workOnDueLines`).
 * @param onDefect told why a line was set aside
 */
export function advanceLines(
  db: Db,
  lines: LinesContext,
  limit: number,
  onDefect: (error: unknown) => void,
): Promise<number> {
  return workOnDueLines(
    db,
    lines,
    {
      work: 'rating',
      claim: (tx, now) => claimRows(tx, now, limit),
      does: async (tx, lineIds, now) => {
        const drafts = await draftsOf(tx, lines, lineIds)
        for (const draft of drafts) {
          ageLine(draft, now, STEPS)
          // Also where nothing happened any more: somebody else's work left an earlier time to look.
          draft.changes.touched = true
        }
        await saveDrafts(tx, lines, drafts)
      },
      postpone: (tx, lineId, { until }) => postpone(tx, lineId, until),
    },
    onDefect,
  )
}
