import type { Executor } from '../../../platform/database/index.ts'
import { ageLine } from '../aging/age-line.ts'
import type { LineState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { loadLines } from '../load-lines.ts'
import { countUsage } from '../usage/count-usage.ts'
import { ratesAbroadFor } from '../usage/rates-abroad.ts'
import { draftOf } from '../work-on-lines.ts'

/** Far more than falls due between two looks of the rating job. */
const STEPS = 1_000

/**
 * Lines as they stand now, by id, without locking them: what fell due a moment ago has happened in the answer even if the rating job
 * has not come to it, and what was used and is not settled yet is counted. One statement for any number of lines, one more
 * if something waits that was used abroad.
 */
export async function readStates(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, LineState>> {
  const states = await loadLines(db, lineIds)
  await bringUp(db, lines, [...states.values()])
  return states
}

/** Lets happen to lines in memory what has fallen due by now, and counts what they used. */
export async function bringUp(
  db: Executor,
  lines: LinesContext,
  states: readonly LineState[],
): Promise<void> {
  const ratesAbroad = await ratesAbroadFor(db, states)
  const now = lines.clock.now()
  for (const line of states) {
    const draft = draftOf(lines, line, ratesAbroad)
    ageLine(draft, now, STEPS)
    countUsage(draft, now)
  }
}

/** The same for one line; undefined = there is no such line. */
export async function readState(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<LineState | undefined> {
  return (await readStates(db, lines, [lineId])).get(lineId)
}
