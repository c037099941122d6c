import { type Draft, tell } from '../draft/draft.ts'
import { charge, type Legs, payInto, post } from '../draft/move.ts'
import { settleState } from '../draft/state.ts'
import type { PromisedState } from '../line-state.ts'
import { TITLES } from '../titles.ts'

/** What is still to be paid back, in kopecks. */
export const owedOf = ({ kopecks, feeKopecks, repaidKopecks }: PromisedState): number =>
  kopecks + feeKopecks - repaidKopecks

/** A promised payment falls due, or money came for one that is overdue: what the balance holds is taken, the rest is owed. */
export function collectPromised(draft: Draft, promised: PromisedState, at: Date): void {
  const { line, changes } = draft
  const amount = Math.min(line.cash.balance, owedOf(promised))
  if (amount > 0) repay(draft, promised, at, amount)
  changes.promised.add(promised)
  changes.touched = true
  if (owedOf(promised) === 0) {
    promised.closedAt = at
    promised.overdue = false
    line.promised = null
    tell(draft, at, 'promised-repaid')
  } else if (!promised.overdue) {
    promised.overdue = true
    tell(draft, at, 'promised-overdue', { kopecks: owedOf(promised) })
  }
  if (settleState(draft) && line.state === 'active') tell(draft, at, 'line-active-again')
}

/** The money lent goes back first, then the fee for it. */
function repay(draft: Draft, promised: PromisedState, at: Date, amount: number): void {
  const lent = Math.min(amount, Math.max(0, promised.kopecks - promised.repaidKopecks))
  const legs: Legs = new Map()
  payInto(draft, legs, 'promised', lent)
  payInto(draft, legs, 'income:fee', amount - lent)
  promised.repaidKopecks += amount
  promised.repayments += 1
  const name = {
    scope: `promised:${promised.id}`,
    key: `repaid:${promised.repayments}`,
    kind: 'promised-repayment',
  }
  const transfer = post(draft, name, at, legs)
  const row = { at, code: 'promised-payment', coming: 'promised-payment' } as const
  charge(draft, transfer, { ...row, category: 'credit', kopecks: -lent, title: TITLES.promisedRepaid })
  charge(draft, transfer, { ...row, category: 'fee', kopecks: lent - amount, title: TITLES.promisedFee })
}
