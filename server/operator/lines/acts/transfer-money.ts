import type { Executor } from '../../../platform/database/index.ts'
import { tryAgain } from '../aging/try-again.ts'
import { monthOf, startOfDay, startOfMonth } from '../calendar.ts'
import type { Draft } from '../draft/draft.ts'
import { addLeg, charge, type Legs, payInto, post } from '../draft/move.ts'
import type { LineState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { conflict, refuseIfAny } from '../plans/conflicts.ts'
import { planTransfer, type Sent } from '../plans/transfer.ts'
import { findLineId } from '../store/find-line.ts'
import { selectSent } from '../store/sent.ts'
import { TITLES } from '../titles.ts'
import { workOnLines } from '../work-on-lines.ts'
import { type Act, actName } from './act.ts'

/**
 * Sends money to another number of ours, with a fee; limits, ages and debts are looked at. Gives the line that got it.
 * Refuses with `not_found`, `order_refused` (unknown-number, own-number, balance, limit, debt, too-early, line-state).
 */
export async function transferMoney(
  tx: Executor,
  lines: LinesContext,
  { toMsisdn, amountKopecks, ...act }: Act & { readonly toMsisdn: string; readonly amountKopecks: number },
): Promise<{ toLineId: string }> {
  const toLineId = await findLineId(tx, toMsisdn)
  if (toLineId === undefined) return refuse('unknown-number')
  if (toLineId === act.lineId) return refuse('own-number')
  return workOnLines(tx, lines, [act.lineId, toLineId], async ([from, to]) => {
    if (!from || !to) throw new Error('two lines were locked')
    const now = lines.clock.now()
    const sent = await readSent(tx, from.line, now)
    // The number may have changed hands while the lines were locked.
    const receiver = to.line.msisdn === toMsisdn ? to.line : undefined
    const plan = planTransfer(from.line, receiver, amountKopecks, sent, lines.rules, now)
    refuseIfAny(plan.conflicts)
    send(from, to, act, { amountKopecks, feeKopecks: plan.feeKopecks, now })
    return { toLineId }
  })
}

function refuse(code: 'unknown-number' | 'own-number'): never {
  refuseIfAny([conflict(code)])
  throw new Error('refused before')
}

/** What a line has sent on this day and in this month of its calendar. */
export function readSent(db: Executor, { id, timeZone }: LineState, now: Date): Promise<Sent> {
  return selectSent(db, id, {
    day: startOfDay(timeZone, now),
    month: startOfMonth(timeZone, monthOf(timeZone, now)),
  })
}

interface Sending {
  readonly amountKopecks: number
  readonly feeKopecks: number
  readonly now: Date
}

function send(from: Draft, to: Draft, act: Act, { amountKopecks, feeKopecks, now }: Sending): void {
  const legs: Legs = new Map()
  payInto(from, legs, 'income:fee', feeKopecks)
  addLeg(legs, from.line.cash.id, -amountKopecks)
  addLeg(legs, to.line.cash.id, amountKopecks)
  from.line.cash.balance -= amountKopecks
  to.line.cash.balance += amountKopecks
  const transfer = post(from, actName(act, 'transfer'), now, legs)
  const row = { at: now, category: 'transfer' } as const
  charge(from, transfer, { ...row, kopecks: -amountKopecks, title: TITLES.transferOut })
  charge(from, transfer, { at: now, category: 'fee', kopecks: -feeKopecks, title: TITLES.transferFee })
  charge(to, transfer, { ...row, kopecks: amountKopecks, title: TITLES.transferIn })
  tryAgain(to, now)
}
