import type { MarketObstacle, MarketReason } from '../../../contracts/market.ts'
import { Refusal } from '../../platform/refusal.ts'

/** Why something cannot be; `units` = how much of a volume it keeps from being sold. */
export const obstacle = (
  reason: MarketReason,
  facts?: Record<string, unknown>,
  units: number | null = null,
): MarketObstacle => ({ reason, units, ...(facts && { facts }) })

/** Refuses with `market_refused` if anything is in the way. */
export function refuseObstacles(
  obstacles: readonly MarketObstacle[],
  facts: Readonly<Record<string, unknown>> = {},
): void {
  if (obstacles.length > 0) throw new Refusal('market_refused', { obstacles, ...facts })
}
