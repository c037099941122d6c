import type { Offering } from '../../../../contracts/catalogue.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { findOffered } from '../../catalogue/index.ts'
import { addDays } from '../calendar.ts'
import type { DiscountState, OfferingOf } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { conflict, refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'
import { refuseUnoffered } from './connect-offering.ts'

const isDiscount = (offering: Offering): offering is OfferingOf<'discount'> =>
  offering.terms.kind === 'discount'

/** Lowers the line's fees by a discount that is on offer, from now on. Refuses with `not_found`, `order_refused` (not-offered, already, line-state). */
export function giveDiscount(
  tx: Executor,
  lines: LinesContext,
  { lineId, code }: Act & { readonly code: string },
): Promise<{ discountId: string; endsAt: Date | null }> {
  return workOnLine(tx, lines, lineId, async (draft) => {
    const { line, changes } = draft
    const now = lines.clock.now()
    const offering = await findOffered(tx, code, now)
    if (!offering || !isDiscount(offering)) return refuseUnoffered(code)
    const has = line.discounts.some((discount) => discount.offering.terms.code === code)
    refuseIfAny([...stateConflicts(line, 'change-settings'), ...(has ? [conflict('already', code)] : [])])
    const { days } = offering.terms
    const endsAt = days === null ? null : addDays(now, line.timeZone, days)
    const discount: DiscountState = { id: draft.newId(), offering, since: now, endsAt, endedAt: null }
    line.discounts.push(discount)
    changes.discounts.add(discount)
    changes.touched = true
    return { discountId: discount.id, endsAt }
  })
}
