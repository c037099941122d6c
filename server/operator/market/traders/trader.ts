import type { MarketRules } from '../../../../contracts/market.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf, type LineState } from '../../lines/index.ts'
import type { TraderRow } from '../store/traders.ts'

/** Somebody on the Market while what they do is decided; `changed` is to be stored. */
export interface Trader {
  row: TraderRow
  changed: boolean
}

/** Somebody of whom the Market knows nothing yet. */
export const neverCame = (partyId: string, now: Date): TraderRow => ({
  partyId,
  day: '0001-01-01',
  listed: 0,
  bought: 0,
  spentKopecks: 0,
  pace: 0,
  paceAt: now,
  gapMs: null,
  steady: 0,
  slowedUntil: null,
  frozenAt: null,
  frozenBy: null,
  frozenFor: null,
})

/** The day that counts for somebody who acts through a line: never an earlier one than was counted before, whatever the line's time zone. */
function dayFor({ day }: TraderRow, { timeZone }: Pick<LineState, 'timeZone'>, now: Date): string {
  const today = dayOf(timeZone, now)
  return today > day ? today : day
}

/** Begins the day if it is another one than was counted. */
export function beginDay(trader: Trader, line: Pick<LineState, 'timeZone'>, now: Date): void {
  const day = dayFor(trader.row, line, now)
  if (day === trader.row.day) return
  trader.row = { ...trader.row, day, listed: 0, bought: 0, spentKopecks: 0 }
}

const MINUTE_MS = 60_000

/** Acts that have not worn off by now. */
function paceNow({ pace, paceAt }: TraderRow, { perMinute }: MarketRules['pace'], now: Date): number {
  const worn = (Math.max(0, now.getTime() - paceAt.getTime()) / MINUTE_MS) * perMinute
  return Math.max(0, pace - worn)
}

/** How long somebody has to wait before they may act again, in milliseconds; 0 = not at all. */
export function waitOf(row: TraderRow, { pace }: MarketRules, now: Date): number {
  const over = paceNow(row, pace, now) + 1 - pace.burst
  return over <= 0 ? 0 : Math.ceil((over / pace.perMinute) * MINUTE_MS)
}

const DAY_MS = 86_400_000
/** Whoever acts faster is a matter of the pace alone: distances of a second are alike by chance. */
const LEAST_GAP_MS = 2_000
/** Two distances are the same if they differ by no more: a hand is off by more, a machine by what the network adds. */
const EXACT_MS = 300
const EXACT_SHARE = 0.01
/** And so they are if both are whole minutes: whoever acts at the same second of a minute goes by a clock. */
const EXACT_SECOND_MS = 1_000
/** As so many acts one counts at most. */
const MOST_WEIGHT = 10

const isWholeMinutes = (ms: number): boolean =>
  ms >= MINUTE_MS / 2 && Math.abs(ms - Math.round(ms / MINUTE_MS) * MINUTE_MS) <= EXACT_SECOND_MS

const areAlike = (a: number, b: number): boolean =>
  Math.min(a, b) >= LEAST_GAP_MS &&
  (Math.abs(a - b) <= Math.max(EXACT_MS, a * EXACT_SHARE) || (isWholeMinutes(a) && isWholeMinutes(b)))

/** The distance to the act before, and how many acts in a row were alike in it. */
function rhythmWith({ paceAt, pace, gapMs: before, steady }: TraderRow, now: Date) {
  const gap = now.getTime() - paceAt.getTime()
  // Who never acted has been written down just now.
  const gapMs = gap > DAY_MS || gap < 0 || (pace === 0 && before === null && gap === 0) ? null : gap
  return { gapMs, steady: gapMs !== null && before !== null && areAlike(gapMs, before) ? steady + 1 : 0 }
}

/** As how many acts one counts whose rhythm is a machine's: more and more, until the rhythm is another. */
const weightOf = ({ steady }: Pick<TraderRow, 'steady'>, { pace }: MarketRules): number =>
  Math.min(MOST_WEIGHT, 1 + Math.max(0, steady + 1 - pace.steadyActs))

/** What the staff see of somebody whose acts come as a machine's do; null = they do not. */
export function rhythmOf(row: TraderRow, rules: MarketRules) {
  const weight = weightOf(row, rules)
  return weight > 1 && row.gapMs !== null ? { acts: row.steady + 1, everyMs: row.gapMs, weight } : null
}

/**
 * Counts an act. Whoever acts like a machine is slowed and not banned: after a burst every act has to wait its turn, and acts that come as by
 * the clock use the burst up sooner. Gives the wait that it has to be refused with, 0 if it may be.
 */
export function countAct(trader: Trader, rules: MarketRules, now: Date): number {
  const wait = waitOf(trader.row, rules, now)
  if (wait > 0) return wait
  const rhythm = rhythmWith(trader.row, now)
  const pace = paceNow(trader.row, rules.pace, now) + weightOf(rhythm, rules)
  trader.row = { ...trader.row, ...rhythm, pace, paceAt: now }
  const next = waitOf(trader.row, rules, now)
  trader.row = { ...trader.row, slowedUntil: next > 0 ? new Date(now.getTime() + next) : null }
  trader.changed = true
  return 0
}

/** The same for who acts alone. Refuses with `rate_limited`. */
export function requirePace(trader: Trader, rules: MarketRules, now: Date): void {
  const retryAfterMs = countAct(trader, rules, now)
  if (retryAfterMs > 0) throw new Refusal('rate_limited', { retryAfterMs })
}
