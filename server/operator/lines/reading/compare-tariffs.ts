import { TrafficType } from '../../../../contracts/amounts.ts'
import type { TariffComparison } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { listOffered } from '../../catalogue/index.ts'
import { monthOf, startOfMonth } from '../calendar.ts'
import type { LineState, Tariff } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { isTariff } from '../plans/tariff-change.ts'
import { firstUsageAt, sumUsage, type UsageSum } from '../store/usage.ts'
import { readState } from './read-state.ts'

const MONTHS = 3
/** A calendar month on average, in days (Gregorian year). */
const MONTH_DAYS = 365.2425 / 12

/**
 * What the last three full months of a line's known use would have cost on each tariff of its region; undefined = there is no such line.
 */
export async function compareTariffs(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<TariffComparison | undefined> {
  const now = lines.clock.now()
  const line = await readState(db, lines, lineId)
  if (line === undefined) return undefined
  const { timeZone } = line
  const thisMonth = monthOf(timeZone, now)
  const months = knownMonths(line, await firstUsageAt(db, lineId), thisMonth)
  const [from, to] = [startOfMonth(timeZone, thisMonth, -months), startOfMonth(timeZone, thisMonth)]
  const used = await sumUsage(db, lineId, { from, to, timeZone })
  return compareByUsage(
    line.tariff,
    tariffsFor(line, (await listOffered(db, now)).filter(isTariff)),
    used,
    months,
  )
}

/**
 * How many of the months before this one the line was there for from their beginning, three at most. Before the month of the first use
 * nothing is known: it would pass for none.
 */
function knownMonths(
  { openedAt, timeZone }: LineState,
  firstUse: Date | undefined,
  thisMonth: string,
): number {
  if (firstUse === undefined) return 0
  const firstMonth = monthOf(timeZone, firstUse)
  const isKnown = (month: Date) => month >= openedAt && monthOf(timeZone, month) >= firstMonth
  let months = 0
  while (months < MONTHS && isKnown(startOfMonth(timeZone, thisMonth, -months - 1))) months++
  return months
}

/** The line's own, whether or not it is still on offer, and those of its region. */
function tariffsFor({ tariff, region }: LineState, offered: readonly Tariff[]): Tariff[] {
  const here = offered.filter(({ terms }) => terms.regions.length === 0 || terms.regions.includes(region))
  return [tariff, ...here.filter(({ id }) => id !== tariff.id)]
}

/** Each tariff by what these months of usage would have cost on it, the cheapest first. Pure. */
export function compareByUsage(
  current: Tariff,
  tariffs: readonly Tariff[],
  used: readonly UsageSum[],
  months: number,
): TariffComparison {
  const types = TrafficType.options
  const average = (type: TrafficType) => {
    const sum = used.filter((one) => one.type === type).reduce((all, { amount }) => all + amount, 0)
    return months === 0 ? 0 : Math.round(sum / months)
  }
  return {
    months,
    tariffs: tariffs
      .map((tariff) => ({
        offering: tariff,
        current: tariff.id === current.id,
        monthlyKopecks: monthlyCost(tariff, used, months),
        fits: types.map((type) => ({ type, used: average(type), included: includedIn(tariff, type) })),
      }))
      .sort((a, b) => a.monthlyKopecks - b.monthlyKopecks),
  }
}

/** What a tariff includes of a type a period; null = without limit. */
function includedIn({ terms }: Tariff, type: TrafficType): number | null {
  const pack = terms.packages.find((one) => one.type === type)
  return pack === undefined ? 0 : pack.amount
}

function monthlyCost(tariff: Tariff, used: readonly UsageSum[], months: number): number {
  const { feeKopecks, period } = tariff.terms
  const fee = period === 'month' ? feeKopecks : Math.round((feeKopecks * MONTH_DAYS) / 30)
  if (months === 0) return fee
  return fee + Math.round(used.reduce((sum, one) => sum + beyondPackages(tariff, one), 0) / months)
}

/** What a month's usage of a type costs beyond the package; where there is no rate it would have ended there. */
function beyondPackages(tariff: Tariff, { type, amount }: UsageSum): number {
  const included = includedIn(tariff, type)
  const rate = tariff.terms.rates.find((one) => one.type === type)
  if (included === null || rate === undefined || amount <= included) return 0
  return Math.ceil((amount - included) / rate.step) * rate.kopecks
}
