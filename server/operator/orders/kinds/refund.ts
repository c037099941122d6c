import type { Executor } from '../../../platform/database/index.ts'
import { findInForce } from '../../catalogue/index.ts'
import {
  type Conflict,
  conflict,
  creditMoney,
  lockLine,
  refuseIfAny,
  spentOnContent,
  stateConflicts,
} from '../../lines/index.ts'
import { conflictEffects, type Kind, type RequestOf } from './kind.ts'

/** Nobody gets back more than a subscription took: what came back before counts. */
async function limits(
  db: Executor,
  lineId: string,
  { code, amountKopecks }: Pick<RequestOf<'refund-content'>, 'code' | 'amountKopecks'>,
): Promise<Conflict[]> {
  const maxKopecks = await spentOnContent(db, lineId, code)
  return amountKopecks > maxKopecks ? [conflict('limit', code, { maxKopecks })] : []
}

/** How money back for an offering stands on the bill. */
export async function titleOfRefund(db: Executor, code: string): Promise<{ ru: string; en: string }> {
  const { ru, en } = (await findInForce(db, code))?.terms.title ?? { ru: code, en: code }
  return { ru: `Возврат: ${ru}`, en: `Money back: ${en}` }
}

/** A third party's charges given back by the staff, out of what the partner was to have. Above the giver's limit another approves. */
export const refundContent: Kind<'refund-content'> = {
  undoable: false,
  effects: async ({ db, line }, request) => [
    ...conflictEffects([...stateConflicts(line, 'receive'), ...(await limits(db, line.id, request))]),
    { effect: 'receive-money', kopecks: request.amountKopecks },
  ],
  carryOut: async (tx, { lines }, act, request) => {
    const { code, amountKopecks } = request
    // Approved later than it was asked for: what came back meanwhile is looked at under the line's lock.
    await lockLine(tx, act.lineId)
    refuseIfAny(await limits(tx, act.lineId, request))
    const title = await titleOfRefund(tx, code)
    const from = `partner:${code}`
    await creditMoney(tx, lines, { ...act, from, kopecks: amountKopecks, category: 'content', title, code })
  },
}
