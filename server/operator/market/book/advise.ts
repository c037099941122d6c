import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketAdvice, MarketRules } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { feeOfPrice } from '../lots/present-lot.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { countListedBelow, countUpTo, selectBook } from '../store/book.ts'
import { countSold } from '../store/hours.ts'

const DAY_MS = 86_400_000
const LOOK_BACK_DAYS = 7
/** More newcomers than this are too many to count and too many to hope. */
const MOST_COUNTED = 10_000
/** Fewer deals say little. */
const FEW_DEALS = 5

export interface Flow {
  /** Lots that are sold before. */
  readonly ahead: number
  readonly soldPerDay: number
  /** Newcomers that will stand before it. */
  readonly undercutPerDay: number
}

/**
 * How long a lot waits: as many as stand before it have to be sold, and who is cheaper comes in between. Null: it gets no nearer.
 */
export function expectedMs({ ahead, soldPerDay, undercutPerDay }: Flow): number | null {
  const nearerPerDay = soldPerDay - undercutPerDay
  return nearerPerDay <= 0 ? null : Math.round(((ahead + 1) / nearerPerDay) * DAY_MS)
}

/** Is it sold before it comes back? Twice the time to spare is likely; on few deals nothing is. */
export function chanceOf(expected: number | null, leftMs: number, basedOn: number): MarketAdvice['chance'] {
  if (expected === null || expected > leftMs) return 'unlikely'
  return expected * 2 <= leftMs && basedOn >= FEW_DEALS ? 'likely' : 'uncertain'
}

export interface AdviceAsk {
  /** Who would sell. */
  readonly lineId: string
  readonly type: TrafficType
  readonly units: number
  readonly priceKopecks: number
  /** When the package is over, for which it would be sold. */
  readonly endsAt: Date | null
}

/** What to expect of a lot of this size and price, from what was sold and listed in the last week: honest, be it discouraging. */
export async function adviseSale(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
  ask: AdviceAsk,
): Promise<MarketAdvice> {
  const { type, units, priceKopecks } = ask
  const now = clock.now()
  const rules = await readRules(db)
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS)
  const sold = await countSold(db, { type, units }, since)
  const look = { rules, since, soldPerDay: sold / LOOK_BACK_DAYS }
  const [cheapest] = await selectBook(db, { type, units }, { now, limit: 1 })
  const at = await expectAt(db, ask, priceKopecks, look)
  const lotEndsAt = new Date(now.getTime() + rules.lotDays * DAY_MS)
  const end = ask.endsAt && ask.endsAt < lotEndsAt ? ask.endsAt : lotEndsAt
  const lowest = units * rules.types[type].minUnitKopecks
  // Whose lot is first already has nobody to go before but themselves.
  const first =
    cheapest && cheapest.lineId !== ask.lineId ? Math.max(lowest, cheapest.priceKopecks - 1) : null
  return {
    type,
    units,
    priceKopecks,
    ...at,
    soldPerDay: look.soldPerDay,
    chance: chanceOf(at.expectedMs, end.getTime() - now.getTime(), sold),
    basedOn: sold,
    cheapestKopecks: cheapest?.priceKopecks ?? null,
    sooner: first !== null && first < priceKopecks ? await soonerAt(db, ask, first, look) : null,
  }
}

interface Looked {
  readonly rules: MarketRules
  readonly since: Date
  readonly soldPerDay: number
}

async function expectAt(
  db: Executor,
  { type, units }: AdviceAsk,
  priceKopecks: number,
  { rules, since, soldPerDay }: Looked,
) {
  const ahead = await countUpTo(db, { type, units }, priceKopecks)
  const below = await countListedBelow(db, { type, units }, { priceKopecks, since, most: MOST_COUNTED })
  const undercutPerDay = below / LOOK_BACK_DAYS
  const netKopecks = priceKopecks - feeOfPrice(priceKopecks, rules)
  return { ahead, undercutPerDay, netKopecks, expectedMs: expectedMs({ ahead, soldPerDay, undercutPerDay }) }
}

async function soonerAt(db: Executor, ask: AdviceAsk, priceKopecks: number, look: Looked) {
  const { ahead, netKopecks, expectedMs: expected } = await expectAt(db, ask, priceKopecks, look)
  return { priceKopecks, netKopecks, ahead, expectedMs: expected }
}
