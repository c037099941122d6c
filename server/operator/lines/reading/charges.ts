import type { ChargeCategory, ChargeItem, ChargeSummary } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { pageOf, timeCursor } from '../../../platform/pages.ts'
import type { Aged, Page, PageAsk } from '../../edge/index.ts'
import type { LinesContext } from '../lines-context.ts'
import { type ChargeListed, type ChargeSum, selectCharges, sumCharges } from '../store/charges.ts'
import { findReach } from '../store/find-line.ts'
import { boundsOf, later, placeBelow } from './month-page.ts'

const FIRST = new Date(0)
const LAST = new Date('9999-12-31')

/**
 * Where the money of a month of the line's calendar went. Kopecks of categories have the sign of the movements (negative = taken), those
 * of days are what was taken (negative). undefined = there is no such line. Refuses what is no month with `invalid_request`.
 */
export async function summariseCharges(
  db: Executor,
  { clock }: LinesContext,
  lineId: string,
  month: string,
): Promise<Aged<Omit<ChargeSummary, 'asOf'>> | undefined> {
  const asOf = clock.now()
  const reach = await findReach(db, lineId)
  if (reach === undefined) return undefined
  const { timeZone } = reach
  const sums = await sumCharges(db, lineId, { ...boundsOf(month, reach), timeZone })
  return { asOf, value: summaryOf(month, sums) }
}

function summaryOf(month: string, sums: readonly ChargeSum[]): Omit<ChargeSummary, 'asOf'> {
  const taken = sums.filter(({ takenKopecks }) => takenKopecks < 0)
  return {
    month,
    spentKopecks: total(sums, ({ takenKopecks }) => -takenKopecks),
    receivedKopecks: total(sums, ({ receivedKopecks }) => receivedKopecks),
    byCategory: grouped(sums, ({ category }) => category).map(([category, list]) => ({
      category,
      kopecks: total(list, ({ takenKopecks, receivedKopecks }) => takenKopecks + receivedKopecks),
      count: total(list, ({ count }) => count),
    })),
    byDay: grouped(taken, ({ day }) => day).map(([day, list]) => ({
      day,
      kopecks: total(list, ({ takenKopecks }) => takenKopecks),
    })),
  }
}

/** By key, in the order of first appearance. */
function grouped<K>(sums: readonly ChargeSum[], keyOf: (sum: ChargeSum) => K): [K, ChargeSum[]][] {
  const groups = new Map<K, ChargeSum[]>()
  for (const sum of sums) groups.set(keyOf(sum), [...(groups.get(keyOf(sum)) ?? []), sum])
  return [...groups]
}

const total = (list: readonly ChargeSum[], of: (sum: ChargeSum) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0)

/** Movements of a line's money, newest first, of a month of its calendar or all, as far as its holder of now has held it. Refuses a strange cursor or month with `invalid_request`. */
export async function listCharges(
  db: Executor,
  lineId: string,
  ask: PageAsk & { readonly month?: string | undefined; readonly category?: ChargeCategory | undefined },
): Promise<Page<ChargeItem>> {
  const { limit, month, category, after } = ask
  const reach = await findReach(db, lineId)
  if (reach === undefined) return { items: [], next: null }
  const bounds =
    month === undefined ? { from: later(FIRST, reach.heldSince), to: LAST } : boundsOf(month, reach)
  const below = placeBelow(after, bounds.to)
  const found = await selectCharges(db, { lineId, from: bounds.from, below, category }, limit + 1)
  const { items, next } = pageOf(found, limit, timeCursor)
  return { items: items.map(shown), next }
}

const shown = ({ at, titleRu, titleEn, ...row }: ChargeListed): ChargeItem => ({
  ...row,
  at: at.toISOString(),
  title: { ru: titleRu, en: titleEn },
})
