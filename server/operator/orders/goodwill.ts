import type { OrderKind, OrderRequest } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { By } from '../edge/index.ts'
import type { OrderRules } from './rules.ts'
import { sumGoodwill } from './store.ts'

const DAY_MS = 86_400_000

/** Kinds that give money, and the rule that bounds what they come to in a day: gifts are one purse, what goes back to cards another, deals taken back a third. */
const PURSES: readonly {
  readonly kinds: readonly OrderKind[]
  readonly limits: 'goodwillDayKopecks' | 'refundDayKopecks' | 'reversalDayKopecks'
}[] = [
  { kinds: ['goodwill-credit', 'refund-content'], limits: 'goodwillDayKopecks' },
  { kinds: ['refund-top-up'], limits: 'refundDayKopecks' },
  { kinds: ['reverse-deal'], limits: 'reversalDayKopecks' },
]

/** What a member of the staff may give in a day by their roles, in kopecks. */
function limitOf({ agent, supervisor }: OrderRules['goodwillDayKopecks'], roles: readonly string[]): number {
  return Math.max(roles.includes('supervisor') ? supervisor : 0, roles.includes('agent') ? agent : 0)
}

/**
 * Does the order need a second pair of eyes? Only money given does, a gift, a subscription's money back, a top-up's: with what was given
 * in the last 24 hours it passes the giver's limit.
 */
export async function needsApproval(
  db: Executor,
  rules: OrderRules,
  by: By,
  request: OrderRequest,
  now: Date,
): Promise<boolean> {
  if (by.kind === 'system' || !('amountKopecks' in request) || request.amountKopecks === null) return false
  const purse = PURSES.find(({ kinds }) => kinds.includes(request.kind))
  if (!purse) return false
  if (by.id === null) return true
  const given = await sumGoodwill(db, by.id, purse.kinds, new Date(now.getTime() - DAY_MS))
  return given + request.amountKopecks > limitOf(rules[purse.limits], by.roles)
}
