import { type Db, databaseProblem, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { ageLine } from '../aging/age-line.ts'
import type { Draft } from '../draft/draft.ts'
import { post } from '../draft/move.ts'
import type { LinesContext } from '../lines-context.ts'
import { saveDrafts } from '../save-drafts.ts'
import { lockRows } from '../store/read-rows.ts'
import { claimUsed, deferUsage } from '../store/waiting-usage.ts'
import { draftsOf } from '../work-on-lines.ts'
import { countUsage } from './count-usage.ts'

const HOUR_MS = 3_600_000
/** Most that falls due on a line before its usage is settled in another transaction. */
const STEPS = 1_000
/** Usage of a line that cannot be settled is tried again after so long. */
const SET_ASIDE_MS = 5 * 60_000

/** The hour of an instant, and the one after it. */
const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
export const hourAfter = (at: Date): Date => new Date(hourOf(at).getTime() + HOUR_MS)

/**
 * Settles usage that has waited for its hour, at most `limit` lines in one transaction: one transfer a line and hour moves what its
 * packages gave and what is charged beyond them. Gives how many lines it looked at; 0 = nothing is due. Several nodes share the work.
 * A line that fails does not hold the others up: they go on one by one, it is set aside for five minutes. For a loop.
 * @param onDefect told why a line was set aside
 */
export async function settleUsage(
  db: Db,
  lines: LinesContext,
  limit: number,
  onDefect: (error: unknown) => void,
): Promise<number> {
  const now = lines.clock.now()
  let claimed: string[] = []
  try {
    return await inTransaction(db, async (tx) => {
      claimed = await claimUsed(tx, now, limit)
      await settle(tx, lines, claimed, now)
      return claimed.length
    })
  } catch (error) {
    if (databaseProblem(error) || claimed.length === 0) throw error
  }
  for (const lineId of claimed) await settleAlone(db, lines, lineId, onDefect)
  return claimed.length
}

async function settle(
  tx: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
  now: Date,
): Promise<void> {
  const drafts = await draftsOf(tx, lines, lineIds)
  const hour = hourOf(now)
  const [settled, due] = [
    drafts.filter(wasSettledIn(hour)),
    drafts.filter((draft) => !wasSettledIn(hour)(draft)),
  ]
  // Stored while its hour was being settled: it goes with the next one.
  const again = settled.map(({ line }) => line.id)
  if (again.length > 0) await deferUsage(tx, again, { from: now, until: hourAfter(now) })
  for (const draft of due) if (ageLine(draft, now, STEPS)) settleLine(draft, hour, now)
  await saveDrafts(tx, lines, due)
}

const wasSettledIn =
  (hour: Date) =>
  ({ line }: Draft): boolean =>
    line.usageHour !== null && line.usageHour >= hour

function settleLine(draft: Draft, hour: Date, now: Date): void {
  const { line } = draft
  countUsage(draft, now)
  line.usageHour = hour
  const name = { scope: `usage:${line.id}`, key: hour.toISOString(), kind: 'usage' }
  post(draft, name, now, new Map(), { category: 'usage' })
}

async function settleAlone(
  db: Db,
  lines: LinesContext,
  lineId: string,
  onDefect: (error: unknown) => void,
): Promise<void> {
  const now = lines.clock.now()
  try {
    await inTransaction(db, async (tx) => settle(tx, lines, await lockRows(tx, [lineId]), now))
  } catch (error) {
    if (databaseProblem(error)) throw error
    onDefect(error)
    await deferUsage(db, [lineId], { from: now, until: new Date(now.getTime() + SET_ASIDE_MS) })
  }
}
