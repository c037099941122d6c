import { selectReversal } from '../store.ts'
import { conflictEffects, type Kind } from './kind.ts'

/**
 * A deal of the Market taken back by the staff, on the buyer's line: money for what was not used comes back, what is left goes back to the
 * seller. Above the giver's limit another approves; while one waits for that nobody asks again.
 */
export const reverseDeal: Kind<'reverse-deal'> = {
  undoable: false,
  effects: async ({ db, line, context }, request) => {
    const { conflicts, loses } = await context.market.judgeReversal(db, line, request)
    const receives = { effect: 'receive-money', kopecks: request.amountKopecks } as const
    const asked = await selectReversal(db, request.dealId)
    if (asked?.state === 'approval')
      return [...conflictEffects([{ conflict: 'already', about: null }]), receives]
    if (conflicts.length > 0 || loses === null) return [...conflictEffects(conflicts), receives]
    return [receives, { effect: 'lose', ...loses, source: 'market' }]
  },
  carryOut: (tx, { market }, { lineId, ref }, { dealId, amountKopecks }) =>
    market.reverse(tx, { lineId, ref, dealId, amountKopecks }),
}
