import type { Executor } from '../../../platform/database/index.ts'
import { findOffered } from '../../catalogue/index.ts'
import { beginPeriod } from '../aging/period.ts'
import { tryAgain } from '../aging/try-again.ts'
import type { Draft } from '../draft/draft.ts'
import { charge, type Legs, payInto, post } from '../draft/move.ts'
import type { Tariff } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny } from '../plans/conflicts.ts'
import { isTariff, planTariffChange, type When } from '../plans/tariff-change.ts'
import { TITLES } from '../titles.ts'
import { workOnLine } from '../work-on-lines.ts'
import { type Act, actName } from './act.ts'
import { refuseUnoffered } from './connect-offering.ts'

/**
 * Changes the tariff to one that is on offer: now (a new period begins, its fee is taken, what is left of the packages is lost) or with
 * the next period. The tariff of now takes back a change that was ordered for the period's end.
 * Refuses with `not_found`, `order_refused` (not-offered and those of `planTariffChange`).
 */
export function changeTariff(
  tx: Executor,
  lines: LinesContext,
  { code, when, ...act }: Act & { readonly code: string; readonly when: When },
): Promise<void> {
  return workOnLine(tx, lines, act.lineId, async (draft) => {
    const now = lines.clock.now()
    const { line } = draft
    const tariff =
      line.tariff.terms.code === code && line.nextTariff ? line.tariff : await findOffered(tx, code, now)
    if (!tariff || !isTariff(tariff)) return refuseUnoffered(code)
    const plan = planTariffChange(line, tariff, when, lines.rules, now)
    refuseIfAny(plan.conflicts)
    draft.changes.touched = true
    if (plan.takesBack) line.nextTariff = null
    else if (when === 'now') changeNow(draft, tariff, plan.changeFeeKopecks, act, now)
    else orderChange(draft, tariff, now)
  })
}

function changeNow(draft: Draft, tariff: Tariff, feeKopecks: number, act: Act, now: Date): void {
  const legs: Legs = new Map()
  payInto(draft, legs, 'income:fee', feeKopecks)
  const transfer = post(draft, actName(act, 'tariff-change'), now, legs)
  charge(draft, transfer, { at: now, category: 'fee', kopecks: -feeKopecks, title: TITLES.tariffChange })
  beginPeriod(draft, now, {
    tariff,
    anchorAt: now,
    no: 1,
    name: actName(act, 'tariff-period'),
    carry: false,
    why: 'tariff-change',
  })
  tryAgain(draft, now)
}

/** A line that waits for money has no period to wait for the end of: the new tariff begins as soon as it can be paid. */
function orderChange(draft: Draft, tariff: Tariff, now: Date): void {
  draft.line.nextTariff = tariff
  if (!draft.line.period.paid) tryAgain(draft, now)
}
