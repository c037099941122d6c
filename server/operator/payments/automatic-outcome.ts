import type { Executor } from '../../platform/database/index.ts'
import { setAutoTopUp } from '../lines/index.ts'
import { countFailure, forgetFailures } from './method-store.ts'
import type { PaymentsContext } from './payments-context.ts'
import { forgetMethod } from './saved-methods.ts'
import type { PaymentRow } from './store.ts'
import { tellLine } from './tell-line.ts'

/** A charge by itself went through: the person hears how much. */
export async function chargeSucceeded(
  tx: Executor,
  payments: PaymentsContext,
  { lineId, kopecks }: PaymentRow,
): Promise<void> {
  await forgetFailures(tx, lineId)
  await tellLine(tx, payments, lineId, 'auto-topped-up', { kopecks })
}

/** A charge by itself failed: the person hears it. After several in a row it is switched off, and they hear that. */
export async function chargeFailed(
  tx: Executor,
  payments: PaymentsContext,
  { id, lineId, kopecks }: PaymentRow,
): Promise<void> {
  const failures = await countFailure(tx, lineId)
  if (failures !== undefined && failures >= payments.rules.automatic.maxFailures) {
    return switchOff(tx, payments, { lineId, ref: id })
  }
  await tellLine(tx, payments, lineId, 'auto-top-up-failed', { kopecks })
}

/** Nothing is charged by itself any more; what it was paid from is forgotten, the person is told. */
export async function switchOff(
  tx: Executor,
  payments: PaymentsContext,
  { lineId, ref }: { readonly lineId: string; readonly ref: string },
): Promise<void> {
  await setAutoTopUp(tx, payments.lines, { lineId, ref, rule: null })
  await forgetMethod(tx, payments, lineId)
  await tellLine(tx, payments, lineId, 'auto-top-up-off')
}
