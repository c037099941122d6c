import type { Executor } from '../../platform/database/index.ts'
import type { OperatorEvent } from '../edge/index.ts'
import type { TillContext } from './payments-context.ts'
import { forgetMethod } from './saved-methods.ts'

/** A line ended or changed hands: nobody's method stays behind on it. */
export async function hearOfLines(tx: Executor, till: TillContext, event: OperatorEvent): Promise<void> {
  if (event.kind === 'line-ended') await forgetMethod(tx, till, event.lineId)
}
