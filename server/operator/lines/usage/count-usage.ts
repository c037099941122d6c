import { dayOf } from '../calendar.ts'
import type { Draft } from '../draft/draft.ts'
import type { LineState, UsageState } from '../line-state.ts'
import { chargeBeyond, type Steps } from './charge-beyond.ts'
import { gaugesOf, tellOfGauges } from './gauges.ts'
import { spendPackages } from './spend-packages.ts'

/**
 * Counts what a line used until an instant (inclusive): packages give first, in the order of spending, what is beyond them is charged.
 * All of it in memory; it goes with the next transfer that is made of the line (`post`), and waits in the tables if there is none.
 *
 * - Free: what others call and write to the line at home, and everything after its end.
 * - What comes when its period is over is paid as if it had come in time: by what was left of the packages of then, beyond them by the
 *   rates of the tariff of then.
 */
export function countUsage(draft: Draft, until: Date): void {
  const { line } = draft
  if (line.usage.length === 0) return
  const counted = line.usage.filter(({ at }) => at <= until)
  if (counted.length === 0) return
  line.usage = line.usage.filter(({ at }) => at > until)
  const before = gaugesOf(line)
  const steps: Steps = new Map()
  for (const record of counted) {
    draft.unsettled.usage.push(record)
    if (!isPaid(line, record)) continue
    const beyond = spendPackages(draft, record)
    if (beyond > 0) chargeBeyond(draft, record, { beyond, at: countsAt(line, record, until), steps })
  }
  tellOfGauges(draft, before, until)
}

function isPaid(line: LineState, { type, direction, roaming }: UsageState): boolean {
  if (line.endedAt !== null) return false
  if (roaming !== null) return direction === 'out' || type !== 'sms'
  return direction === 'out' || type === 'data'
}

/** When a record counts on the bill and against the limits: when it was, or now if a later month or day is counted already. */
function countsAt({ timeZone, spent, roaming }: LineState, { at, roaming: country }: UsageState, now: Date) {
  const day = dayOf(timeZone, at)
  const isOver = day.slice(0, 7) < spent.month || (country !== null && day < roaming.day)
  return isOver ? now : at
}
