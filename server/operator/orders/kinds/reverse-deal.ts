import type { OrderEffect } from '../../../../contracts/orders.ts'
import type { ReversalEffect } from '../orders-context.ts'
import { selectReversal } from '../store.ts'
import { conflictEffects, type Kind } from './kind.ts'

/**
 * A deal of the Market taken back by the staff, on the line of whichever side asked for it: the buyer gets money for what was not used, what is
 * left goes back to the seller. Above the giver's limit another approves; while one waits for that, on either line, nobody asks again.
 */
export const reverseDeal: Kind<'reverse-deal'> = {
  undoable: false,
  effects: async ({ db, line, context }, request) => {
    const { conflicts, effect } = await context.market.judgeReversal(db, line, request)
    const asked = await selectReversal(db, request.dealId)
    if (asked?.state === 'approval')
      return [...conflictEffects([{ conflict: 'already', about: null }]), ...moneyOf(effect)]
    if (conflicts.length > 0) return [...conflictEffects(conflicts), ...moneyOf(effect)]
    return [...moneyOf(effect), ...volumeOf(effect)]
  },
  carryOut: (tx, { market }, { lineId, ref }, { dealId, amountKopecks }) =>
    market.reverse(tx, { lineId, ref, dealId, amountKopecks }),
}

function moneyOf(effect: ReversalEffect | null): OrderEffect[] {
  if (effect === null) return []
  if (effect.side === 'buyer') return [{ effect: 'receive-money', kopecks: effect.receivesKopecks }]
  return effect.paysKopecks === 0
    ? []
    : [{ effect: 'charge-now', kopecks: effect.paysKopecks, for: 'reverse-deal' }]
}

function volumeOf(effect: ReversalEffect | null): OrderEffect[] {
  if (effect?.side === 'buyer' && effect.loses !== null)
    return [{ effect: 'lose', ...effect.loses, source: 'market' }]
  if (effect?.side === 'seller' && effect.regains !== null)
    return [{ effect: 'gain', ...effect.regains, until: null }]
  return []
}
