import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketHistory } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { MarketContext } from '../market-context.ts'
import { selectHistory } from '../store/hours.ts'

const DAY_MS = 86_400_000
/** For so many days back there is a point an hour. */
const BY_THE_HOUR_DAYS = 2

/** What was paid for a unit: by the hour for two days, by the day of UTC for longer. Hours and days in which nothing was sold are absent. */
export async function readHistory(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
  ask: { readonly type: TrafficType; readonly units: number | null; readonly days: number },
): Promise<MarketHistory> {
  const { type, units, days } = ask
  const step = days <= BY_THE_HOUR_DAYS ? 'hour' : 'day'
  const since = new Date(clock.now().getTime() - days * DAY_MS)
  const found = await selectHistory(db, { type, units }, since, step)
  return {
    type,
    units,
    points: found.map((point) => ({
      at: point.at.toISOString(),
      deals: point.deals,
      units: point.units,
      lowUnitKopecks: point.low,
      averageUnitKopecks: point.kopecks / point.units,
      highUnitKopecks: point.high,
    })),
  }
}
