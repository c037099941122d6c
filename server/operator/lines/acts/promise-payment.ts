import type { Executor } from '../../../platform/database/index.ts'
import { tryAgain } from '../aging/try-again.ts'
import { charge, type Legs, payInto, post } from '../draft/move.ts'
import type { PromisedState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny } from '../plans/conflicts.ts'
import { planPromise } from '../plans/promise.ts'
import { TITLES } from '../titles.ts'
import { workOnLine } from '../work-on-lines.ts'
import { type Act, actName } from './act.ts'

/**
 * Lends the line money, to be paid back by itself with a fee on the day that it gives.
 * Refuses with `not_found`, `order_refused` (debt: one at a time; too-early; limit; line-state).
 */
export function promisePayment(
  tx: Executor,
  lines: LinesContext,
  { amountKopecks, ...act }: Act & { readonly amountKopecks: number },
): Promise<{ dueAt: Date; feeKopecks: number }> {
  return workOnLine(tx, lines, act.lineId, (draft) => {
    const { line, changes } = draft
    const now = lines.clock.now()
    const { conflicts, feeKopecks, dueAt } = planPromise(line, amountKopecks, lines.rules, now)
    refuseIfAny(conflicts)
    const promised: PromisedState = {
      id: draft.newId(),
      kopecks: amountKopecks,
      feeKopecks,
      takenAt: now,
      dueAt,
      overdue: false,
      repaidKopecks: 0,
      repayments: 0,
      closedAt: null,
    }
    line.promised = promised
    changes.promised.add(promised)
    const legs: Legs = new Map()
    payInto(draft, legs, 'promised', -amountKopecks)
    const transfer = post(draft, actName(act, 'promised'), now, legs)
    charge(draft, transfer, {
      at: now,
      category: 'credit',
      kopecks: amountKopecks,
      title: TITLES.promised,
      code: 'promised-payment',
    })
    tryAgain(draft, now)
    return { dueAt, feeKopecks }
  })
}
