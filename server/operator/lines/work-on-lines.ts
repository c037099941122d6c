import { type Executor, together } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { ageLine } from './aging/age-line.ts'
import { type Draft, noChanges, nothingUnsettled } from './draft/draft.ts'
import type { LineState } from './line-state.ts'
import type { LinesContext } from './lines-context.ts'
import { loadLines, loadRestingLines } from './load-lines.ts'
import { type Besides, saveDrafts, saveDraftsWith } from './save-drafts.ts'
import { lockLines } from './store/lock-lines.ts'
import { countUsage } from './usage/count-usage.ts'
import { NOTHING_ABROAD, type RatesAbroad, ratesAbroadFor } from './usage/rates-abroad.ts'

/** Most things that happen to a line before what happened so far is stored. */
const STEPS = 1_000

/**
 * Locks lines in the order of their ids, brings them up to the present with what they have used, lets `act` change them, and stores what it
 * changed.
 * @param act gets a draft a line, in the order of `lineIds`
 * Refuses with `not_found` if one of them is unknown.
 */
export async function workOnLines<R>(
  tx: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
  act: (drafts: readonly Draft[]) => R | Promise<R>,
): Promise<R> {
  await lockLines(tx, lineIds)
  return work(tx, lines, await draftsOf(tx, lines, lineIds), act)
}

/**
 * The same for whoever moves nothing but money and what is on hold, and gives buckets of their own: lines at rest are read, and written, without
 * what else hangs on them, which is most of the work. What needs more (`restsUntil` null) is read whole.
 * @param beside what else is read under the locks, in one trip with the lines
 * @param act gives what stores its own part and tells of it, in one trip each with the lines' money and with their bill
 */
export async function workOnRestingLines<R, B>(
  tx: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
  beside: (flight: Executor) => Promise<B>,
  act: (drafts: readonly Draft[], read: B) => Promise<Besides<R>>,
): Promise<R> {
  const [, states, read] = await together(tx, (flight) => [
    lockLines(flight, lineIds),
    loadRestingLines(flight, lineIds, lines.clock.now()),
    beside(flight),
  ])
  const drafts = await draftsIn(tx, lines, lineIds, states)
  await bringUpToPresent(tx, lines, drafts)
  return saveDraftsWith(tx, lines, drafts, await act(drafts, read))
}

async function work<R>(
  tx: Executor,
  lines: LinesContext,
  drafts: readonly Draft[],
  act: (drafts: readonly Draft[]) => R | Promise<R>,
): Promise<R> {
  await bringUpToPresent(tx, lines, drafts)
  const result = await act(drafts)
  await saveDrafts(tx, lines, drafts)
  return result
}

async function bringUpToPresent(tx: Executor, lines: LinesContext, drafts: readonly Draft[]): Promise<void> {
  const now = lines.clock.now()
  while (drafts.map((draft) => ageLine(draft, now, STEPS)).includes(false)) {
    await saveDrafts(tx, lines, drafts)
  }
  // Whoever acts finds what was released as it is now, and nothing that it sets aside anew is taken for released.
  if (drafts.some(({ changes }) => changes.releases.length > 0)) await saveDrafts(tx, lines, drafts)
  for (const draft of drafts) countUsage(draft, now)
}

/** The same for one line. */
export function workOnLine<R>(
  tx: Executor,
  lines: LinesContext,
  lineId: string,
  act: (draft: Draft) => R | Promise<R>,
): Promise<R> {
  return workOnLines(tx, lines, [lineId], ([draft]) => {
    if (draft === undefined) throw new Error(`line ${lineId} was locked and is not there`)
    return act(draft)
  })
}

/** Drafts of lines that are locked, in their order. */
export async function draftsOf(
  tx: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<Draft[]> {
  return draftsIn(tx, lines, lineIds, await loadLines(tx, lineIds))
}

async function draftsIn(
  tx: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
  states: ReadonlyMap<string, LineState>,
): Promise<Draft[]> {
  const ratesAbroad = await ratesAbroadFor(tx, states.values())
  return lineIds.flatMap((id) => {
    const line = states.get(id)
    return line ? [draftOf(lines, line, ratesAbroad)] : []
  })
}

export const draftOf = (
  { clock, rules }: LinesContext,
  line: LineState,
  ratesAbroad: RatesAbroad = NOTHING_ABROAD,
): Draft => ({
  line,
  rules,
  ratesAbroad,
  newId: () => newId(clock),
  changes: noChanges(),
  unsettled: nothingUnsettled(),
})
