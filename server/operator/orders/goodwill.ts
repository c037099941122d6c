import type { OrderRequest } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { By } from '../edge/index.ts'
import type { OrderRules } from './rules.ts'
import { sumGoodwill } from './store.ts'

const DAY_MS = 86_400_000

/** What a member of the staff may give away in a day by their roles, in kopecks. */
export function goodwillLimit({ goodwillDayKopecks }: OrderRules, roles: readonly string[]): number {
  const { agent, supervisor } = goodwillDayKopecks
  return Math.max(roles.includes('supervisor') ? supervisor : 0, roles.includes('agent') ? agent : 0)
}

/**
 * Does the order need a second pair of eyes? Only money given does, a gift or a subscription's money back: with what was given in the
 * last 24 hours it passes the giver's limit.
 */
export async function needsApproval(
  db: Executor,
  rules: OrderRules,
  by: By,
  request: OrderRequest,
  now: Date,
): Promise<boolean> {
  if (by.kind === 'system') return false
  if (request.kind !== 'goodwill-credit' && request.kind !== 'refund-content') return false
  if (by.id === null) return true
  const given = await sumGoodwill(db, by.id, new Date(now.getTime() - DAY_MS))
  return given + request.amountKopecks > goodwillLimit(rules, by.roles)
}
