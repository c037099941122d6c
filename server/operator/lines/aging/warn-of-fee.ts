import { addDays, dayOf, startOfDay } from '../calendar.ts'
import { type Draft, tell } from '../draft/draft.ts'
import { feeOf } from '../fees.ts'
import type { ConnectedState, LineState } from '../line-state.ts'
import { owedOf } from './promised.ts'

const HOUR_MS = 3_600_000
/** Nobody did anything at this moment that a word would answer: it waits for a time at which people are up, by the line's clock. */
const FROM_HOUR = 9
const UNTIL_HOUR = 21

/**
 * When the person is to hear that the balance does not hold the next fee of the tariff: a day before it, not at night. Gone by already, if
 * the money was spent later than that. null = it holds it, or they have heard, or the line is not charged.
 */
export function warningDueAt(line: LineState): Date | null {
  const { state, period, feeWarnedFor, timeZone } = line
  if (state !== 'active' || feeWarnedFor?.getTime() === period.to.getTime()) return null
  return missingForFee(line) > 0 ? byDay(addDays(period.to, timeZone, -1), timeZone) : null
}

/** Tells it; once a fee, for the line remembers of which one it told. */
export function warnOfFee(draft: Draft, at: Date): void {
  const { line } = draft
  const { to } = line.period
  line.feeWarnedFor = to
  tell(draft, at, 'fee-near', {
    kopecks: nextFee(line),
    balanceKopecks: line.cash.balance,
    missingKopecks: missingForFee(line),
    day: dayOf(line.timeZone, to),
  })
}

function byDay(at: Date, zone: string): Date {
  const midnight = startOfDay(zone, at)
  const hour = (at.getTime() - midnight.getTime()) / HOUR_MS
  if (hour >= FROM_HOUR && hour < UNTIL_HOUR) return at
  const morning = new Date(midnight.getTime() + FROM_HOUR * HOUR_MS)
  return hour < FROM_HOUR ? morning : addDays(morning, zone, 1)
}

const nextFee = (line: LineState): number =>
  feeOf(line, (line.nextTariff ?? line.tariff).terms, line.period.to)

/** What the balance lacks of the next fee and of what is taken before it, in kopecks; 0 = nothing, also where there is no fee. */
function missingForFee(line: LineState): number {
  const fee = nextFee(line)
  const { cash, connected, promised, period } = line
  if (fee === 0) return 0
  let wanted = fee
  // What is owed is taken before a fee that falls due at the same instant, an option after it.
  if (promised && promised.dueAt <= period.to) wanted += owedOf(promised)
  for (const one of connected) wanted += chargeBefore(line, one, period.to)
  return Math.max(0, wanted - cash.balance)
}

function chargeBefore(line: LineState, { offering, nextChargeAt, endsAt }: ConnectedState, to: Date): number {
  if (nextChargeAt === null || nextChargeAt >= to || (endsAt !== null && endsAt <= nextChargeAt)) return 0
  return feeOf(line, offering.terms, nextChargeAt)
}
