import type { Executor } from '../../platform/database/index.ts'
import { findLine, setAutoTopUp } from '../lines/index.ts'
import type { PaymentsContext } from './payments-context.ts'
import type { Reading } from './provider.ts'
import { saveMethod } from './saved-methods.ts'
import type { PaymentRow, Saves } from './store.ts'
import { tellLine } from './tell-line.ts'

/** The payment with which somebody agreed to be charged has succeeded: from now on their rule holds, or they hear that it cannot. */
export async function beginAutomatic(
  tx: Executor,
  payments: PaymentsContext,
  row: PaymentRow,
  saves: Saves,
  method: Reading['method'],
): Promise<void> {
  const { id, lineId, kopecks } = row
  const line = await findLine(tx, payments.lines, lineId)
  const isOpen = line !== undefined && line.state !== 'ended'
  if (!isOpen || !method || !(await saveMethod(tx, payments, row, method, saves))) {
    return tellLine(tx, payments, lineId, 'auto-top-up-off')
  }
  const { belowKopecks, monthlyMaxKopecks } = saves
  const rule = { belowKopecks, amountKopecks: kopecks, monthlyMaxKopecks }
  await setAutoTopUp(tx, payments.lines, { lineId, ref: id, rule })
}
