import { Refusal } from '../../../platform/refusal.ts'
import { conflict, stateConflicts } from '../../lines/index.ts'
import { conflictEffects, type Kind } from './kind.ts'

/** Money from outside. The order waits for the payment, which is made and settled where payments are taken. */
export const topUp: Kind<'top-up'> = {
  undoable: false,
  endsLater: true,
  effects: async ({ db, line, context }, { amountKopecks, automatic }) => [
    ...conflictEffects([
      ...stateConflicts(line, 'receive'),
      ...(await context.till.judge(db, line, amountKopecks)),
      ...(automatic ? automaticConflicts({ ...automatic, amountKopecks }) : []),
    ]),
    { effect: 'receive-money', kopecks: amountKopecks },
  ],
  carryOut: (tx, { till }, { lineId, ref, by }, request) => {
    // The rule that begins with it is the owner's to make, by their own consent.
    if (request.automatic && by.lineRole !== 'owner') throw new Refusal('forbidden', { role: by.lineRole })
    return till.open(tx, { id: ref, lineId, by, request })
  },
}

/** One charge must bring the balance back to the threshold, and fit the month. */
export const automaticConflicts = (rule: {
  readonly belowKopecks: number
  readonly amountKopecks: number
  readonly monthlyMaxKopecks: number
}) => [
  ...(rule.amountKopecks < rule.belowKopecks
    ? [conflict('limit', 'amount', { minKopecks: rule.belowKopecks })]
    : []),
  ...(rule.monthlyMaxKopecks < rule.amountKopecks
    ? [conflict('limit', 'month', { minKopecks: rule.amountKopecks })]
    : []),
]
