import type { Executor } from '../../../platform/database/index.ts'
import { leaveVisit, type WhyLeft } from '../containment/visit-store.ts'
import { keepDialog, type StoredDialog } from './dialog-store.ts'

/** Somebody of the staff goes on: the assistant is silent here, and the visit is none of its successes. */
export async function leaveDialog(tx: Executor, dialog: StoredDialog, why: WhyLeft, at: Date): Promise<void> {
  await keepDialog(tx, { ...dialog, status: 'people' }, at)
  if (dialog.visitId !== null) await leaveVisit(tx, dialog.visitId, why, at)
}
