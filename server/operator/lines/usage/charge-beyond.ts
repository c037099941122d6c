import { dayOf, monthOf } from '../calendar.ts'
import type { Draft } from '../draft/draft.ts'
import { countSpending, roomFor } from '../draft/limits.ts'
import { payInto } from '../draft/move.ts'
import type { LineState, Tariff, UsageState } from '../line-state.ts'
import { TITLES } from '../titles.ts'

type Category = 'usage' | 'roaming'

/** Data beyond the packages and the steps of it that are counted already, by category: small sessions add up before they are rounded. */
export type Steps = Map<Category, { amount: number; steps: number }>

interface Beyond {
  /** In bytes, seconds or pieces. */
  readonly beyond: number
  /** When it counts on the bill. */
  readonly at: Date
  readonly steps: Steps
}

/**
 * Charges what is beyond the packages: the rate of the tariff of then for each started step at home, the zone's of then abroad; where there is no rate it
 * ended there. No more than the balance holds and the limits allow: the rest is the operator's loss, whose network should have stopped.
 * The person hears of it.
 */
export function chargeBeyond(draft: Draft, record: UsageState, { beyond, at, steps }: Beyond): void {
  const { line, rules, ratesAbroad, unsettled } = draft
  const category: Category = record.roaming === null ? 'usage' : 'roaming'
  const rates =
    record.roaming === null ? tariffAt(line, record.at).terms.rates : ratesAbroad(record.roaming, record.at)
  const rate = rates.find(({ type }) => type === record.type)
  if (rate === undefined || rate.kopecks === 0) return
  const started = startedSteps(record, { beyond, step: rate.step, category, steps })
  const room = roomFor(line, rules, at, category)
  const paid = Math.min(started, Math.floor(room / rate.kopecks))
  const kopecks = paid * rate.kopecks
  if (kopecks === 0) return
  record.kopecks = kopecks
  payInto(draft, unsettled.legs, `income:${category}`, kopecks)
  count(draft, at, category, kopecks)
  bill(draft, { at, category, type: record.type, kopecks })
  if (room - kopecks < rate.kopecks) tellEnd(draft, at, rate.kopecks)
}

/** The tariff that a line had at an instant. */
function tariffAt({ past: { tariffs }, tariff }: LineState, at: Date): Tariff {
  return tariffs.find(({ to }) => to >= at)?.tariff ?? tariff
}

/** Of data what all records of a settlement come to, less what is counted; a call or a message by itself. */
function startedSteps(
  { type }: UsageState,
  { beyond, step, category, steps }: { beyond: number; step: number; category: Category; steps: Steps },
): number {
  if (type !== 'data') return Math.ceil(beyond / step)
  const known = steps.get(category) ?? { amount: 0, steps: 0 }
  const amount = known.amount + beyond
  const all = Math.ceil(amount / step)
  steps.set(category, { amount, steps: all })
  return all - known.steps
}

interface Spending {
  readonly at: Date
  readonly category: Category
  readonly kopecks: number
}

/** Told when the last step was paid: what comes after it finds no room and is silent. */
function tellEnd({ line, unsettled: { notices } }: Draft, at: Date, stepKopecks: number): void {
  const notice = line.cash.balance < stepKopecks ? 'usage-money-ended' : 'usage-limit-reached'
  if (!notices.some((other) => other.notice === notice)) notices.push({ at, notice, facts: {} })
}

/** Against the limits, and how much of it waits: it is taken off before the line is stored with it unsettled. */
function count(draft: Draft, at: Date, category: Category, kopecks: number): void {
  const { line, unsettled } = draft
  countSpending(draft, at, category, kopecks)
  const [month, day] = [monthOf(line.timeZone, at), dayOf(line.timeZone, at)]
  if (month === line.spent.month) {
    unsettled.month = {
      month,
      kopecks: kopecks + (unsettled.month.month === month ? unsettled.month.kopecks : 0),
    }
  }
  if (category === 'roaming' && day === line.roaming.day) {
    unsettled.day = { day, kopecks: kopecks + (unsettled.day.day === day ? unsettled.day.kopecks : 0) }
  }
}

const NAMES = {
  usage: { data: TITLES.data, voice: TITLES.voice, sms: TITLES.sms },
  roaming: { data: TITLES.roamingData, voice: TITLES.roamingVoice, sms: TITLES.roamingSms },
} as const

/** One row of the bill for a kind, category and day of the line's calendar. */
function bill(
  { line, unsettled: { charges } }: Draft,
  { at, category, type, kopecks }: Spending & Pick<UsageState, 'type'>,
): void {
  const title = NAMES[category][type]
  const day = dayOf(line.timeZone, at)
  const place = charges.findIndex((row) => row.title === title && dayOf(line.timeZone, row.at) === day)
  const known = charges[place]
  if (known)
    charges[place] = { ...known, at: at > known.at ? at : known.at, kopecks: known.kopecks - kopecks }
  else charges.push({ at, category, kopecks: -kopecks, title, code: null, coming: null })
}
