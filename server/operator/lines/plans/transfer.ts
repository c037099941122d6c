import { addDays } from '../calendar.ts'
import type { LineState } from '../line-state.ts'
import type { LineRules } from '../rules.ts'
import { balanceConflicts, type Conflict, conflict, stateConflicts } from './conflicts.ts'

/** What a line has sent to others already, in kopecks. */
export interface Sent {
  readonly dayKopecks: number
  readonly dayCount: number
  readonly monthKopecks: number
}

export interface TransferPlan {
  readonly conflicts: Conflict[]
  readonly feeKopecks: number
}

/** What sending money to another number would cost, and what is in its way. `to` undefined = no line has the number. */
export function planTransfer(
  line: LineState,
  to: LineState | undefined,
  amountKopecks: number,
  sent: Sent,
  rules: LineRules,
  now: Date,
): TransferPlan {
  const { feeKopecks, minAgeDays } = rules.transfer
  const isYoung = addDays(line.openedAt, line.timeZone, minAgeDays) > now
  return {
    conflicts: [
      ...stateConflicts(line, 'pay'),
      ...receiverConflicts(line, to),
      // Lent money does not travel on.
      ...(line.promised ? [conflict('debt', 'promised-payment')] : []),
      ...(isYoung ? [conflict('too-early', null, { fromAgeDays: minAgeDays })] : []),
      ...limitConflicts(amountKopecks, sent, rules.transfer),
      ...balanceConflicts(line, amountKopecks + feeKopecks),
    ],
    feeKopecks,
  }
}

function receiverConflicts(line: LineState, to: LineState | undefined): Conflict[] {
  if (to === undefined || stateConflicts(to, 'receive').length > 0) return [conflict('unknown-number')]
  return to.id === line.id ? [conflict('own-number')] : []
}

function limitConflicts(amount: number, sent: Sent, rules: LineRules['transfer']): Conflict[] {
  const { minKopecks, maxKopecks, dayMaxKopecks, dayMaxCount, monthMaxKopecks } = rules
  const found: Conflict[] = []
  if (amount < minKopecks || amount > maxKopecks)
    found.push(conflict('limit', 'amount', { minKopecks, maxKopecks }))
  if (sent.dayKopecks + amount > dayMaxKopecks || sent.dayCount >= dayMaxCount) {
    found.push(conflict('limit', 'day', { dayMaxKopecks, dayMaxCount }))
  }
  if (sent.monthKopecks + amount > monthMaxKopecks)
    found.push(conflict('limit', 'month', { monthMaxKopecks }))
  return found
}
