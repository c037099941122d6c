import { found } from '../../../platform/refusal.ts'
import { lockLine, readState, refuseIfAny } from '../../lines/index.ts'
import { conflictEffects, type Kind } from './kind.ts'

/**
 * A top-up given back to what it was paid with, by the staff. The money leaves the line at once; the order waits until whoever took the
 * payment has told how it ended.
 */
export const refundTopUp: Kind<'refund-top-up'> = {
  undoable: false,
  endsLater: true,
  effects: async ({ db, line, context }, request) => [
    ...conflictEffects(await context.till.judgeRefund(db, line, request)),
    { effect: 'charge-now', kopecks: request.amountKopecks, for: 'refund-top-up' },
  ],
  carryOut: async (tx, { till, lines }, { lineId, ref }, request) => {
    // Approved later than it was asked for: what was given back or spent meanwhile is looked at under the line's lock.
    await lockLine(tx, lineId)
    const line = found(await readState(tx, lines, lineId), 'line')
    refuseIfAny(await till.judgeRefund(tx, line, request))
    const { topUpId, amountKopecks } = request
    await till.openRefund(tx, { id: ref, lineId, topUpId, amountKopecks })
  },
}
