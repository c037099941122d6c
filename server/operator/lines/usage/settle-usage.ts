import type { Db, Executor } from '../../../platform/database/index.ts'
import { ageLine } from '../aging/age-line.ts'
import type { Draft } from '../draft/draft.ts'
import { post } from '../draft/move.ts'
import type { LinesContext } from '../lines-context.ts'
import { saveDrafts } from '../save-drafts.ts'
import { claimUsed, deferUsage } from '../store/waiting-usage.ts'
import { workOnDueLines } from '../work-on-due-lines.ts'
import { draftsOf } from '../work-on-lines.ts'
import { countUsage } from './count-usage.ts'

const HOUR_MS = 3_600_000
/** Most that falls due on a line before its usage is settled in another transaction. */
const STEPS = 1_000

/** The hour of an instant, and the one after it. */
const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
export const hourAfter = (at: Date): Date => new Date(hourOf(at).getTime() + HOUR_MS)

/**
 * Settles usage that has waited for its hour, at most `limit` lines in one transaction: one transfer a line and hour moves what its
 * packages gave and what is charged beyond them. Gives how many lines it looked at; 0 = nothing is due (see `workOnDueLines`).
 * @param onDefect told why a line was set aside
 */
export function settleUsage(
  db: Db,
  lines: LinesContext,
  limit: number,
  onDefect: (error: unknown) => void,
): Promise<number> {
  return workOnDueLines(
    db,
    lines,
    {
      work: 'usage',
      claim: (tx, now) => claimUsed(tx, now, limit),
      does: (tx, lineIds, now) => settle(tx, lines, lineIds, now),
      postpone: (tx, lineId, { now, until }) => deferUsage(tx, [lineId], { from: now, until }),
    },
    onDefect,
  )
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
