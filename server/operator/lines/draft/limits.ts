import type { ChargeCategory } from '../../../../contracts/lines.ts'
import { dayOf, monthOf } from '../calendar.ts'
import type { LineState } from '../line-state.ts'
import type { LineRules } from '../rules.ts'
import type { Draft } from './draft.ts'

/** What counts against the month's limit in the month of an instant, in kopecks. */
export function spentInMonth({ spent, timeZone }: LineState, at: Date): number {
  return spent.month === monthOf(timeZone, at) ? spent.kopecks : 0
}

/** Begins to count the month of an instant, if it is not counted yet: whoever rests for the limit is looked at when it is over. */
export function beginMonth(line: LineState, at: Date): void {
  line.spent = { month: monthOf(line.timeZone, at), kopecks: spentInMonth(line, at) }
}

/** What was spent abroad on the day of an instant, in kopecks. */
export function roamedOnDay({ roaming, timeZone }: LineState, at: Date): number {
  return roaming.day === dayOf(timeZone, at) ? roaming.kopecks : 0
}

/** Whether a limit of the line forbids to spend so much more on something at an instant. */
export function passesLimit(
  line: LineState,
  rules: LineRules,
  spending: { readonly at: Date; readonly category: ChargeCategory; readonly kopecks: number },
): boolean {
  const { at, category, kopecks } = spending
  const { spendMonthKopecks, roamingDayKopecks } = line.limits
  const passesMonth =
    spendMonthKopecks !== null &&
    rules.limited.includes(category) &&
    spentInMonth(line, at) + kopecks > spendMonthKopecks
  const passesDay =
    roamingDayKopecks !== null &&
    category === 'roaming' &&
    roamedOnDay(line, at) + kopecks > roamingDayKopecks
  return kopecks > 0 && (passesMonth || passesDay)
}

/** How much more may be spent on something at an instant: what the balance holds and no limit of the line forbids, in kopecks. */
export function roomFor(line: LineState, rules: LineRules, at: Date, category: ChargeCategory): number {
  const { spendMonthKopecks, roamingDayKopecks } = line.limits
  const month = rules.limited.includes(category) ? spendMonthKopecks : null
  const day = category === 'roaming' ? roamingDayKopecks : null
  return Math.max(
    0,
    Math.min(
      line.cash.balance,
      month === null ? Number.POSITIVE_INFINITY : month - spentInMonth(line, at),
      day === null ? Number.POSITIVE_INFINITY : day - roamedOnDay(line, at),
    ),
  )
}

/** Counts what was spent. What comes late, for a month or day that is over, counts no more. */
export function countSpending(
  { line, rules, changes }: Draft,
  at: Date,
  category: ChargeCategory,
  kopecks: number,
): void {
  if (!rules.limited.includes(category)) return
  const month = monthOf(line.timeZone, at)
  if (month >= line.spent.month) line.spent = { month, kopecks: spentInMonth(line, at) + kopecks }
  const day = dayOf(line.timeZone, at)
  if (category === 'roaming' && day >= line.roaming.day) {
    line.roaming = { day, kopecks: roamedOnDay(line, at) + kopecks }
  }
  changes.touched = true
}
