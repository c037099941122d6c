import type { MarketRules } from '../../../../contracts/market.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf, type LineState } from '../../lines/index.ts'
import type { TraderRow } from '../store/traders.ts'

/** Somebody on the Market while what they do is decided; `changed` is to be stored. */
export interface Trader {
  row: TraderRow
  changed: boolean
}

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

/**
 * Counts an act. Whoever acts like a machine is slowed and not banned: after a burst every act has to wait its turn. Gives the wait
 * that it has to be refused with, 0 if it may be.
 */
export function countAct(trader: Trader, rules: MarketRules, now: Date): number {
  const wait = waitOf(trader.row, rules, now)
  if (wait > 0) return wait
  trader.row = { ...trader.row, pace: paceNow(trader.row, rules.pace, now) + 1, paceAt: now }
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
