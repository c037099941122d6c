import {
  conflict,
  creditMoney,
  findLineByMsisdn,
  planPromise,
  planTransfer,
  promisePayment,
  readSent,
  readState,
  stateConflicts,
  transferMoney as transfer,
} from '../../lines/index.ts'
import { conflictEffects, type Kind } from './kind.ts'

export const promisedPayment: Kind<'promised-payment'> = {
  undoable: false,
  effects: ({ line, now, context }, { amountKopecks }) => {
    const { conflicts, feeKopecks, dueAt } = planPromise(line, amountKopecks, context.lines.rules, now)
    return [
      ...conflictEffects(conflicts),
      { effect: 'receive-money', kopecks: amountKopecks },
      {
        effect: 'charge-later',
        kopecks: amountKopecks + feeKopecks,
        for: 'promised-payment',
        at: dueAt.toISOString(),
        every: null,
      },
    ]
  },
  carryOut: (tx, { lines }, act, { amountKopecks }) => promisePayment(tx, lines, { ...act, amountKopecks }),
}

export const transferMoney: Kind<'transfer-money'> = {
  undoable: false,
  effects: async ({ db, line, now, context }, { toMsisdn, amountKopecks }) => {
    const { lines } = context
    const known = await findLineByMsisdn(db, lines, toMsisdn)
    const receiver = known && (await readState(db, lines, known.id))
    const sent = await readSent(db, line, now)
    const { conflicts, feeKopecks } = planTransfer(line, receiver, amountKopecks, sent, lines.rules, now)
    return [
      ...conflictEffects(conflicts),
      { effect: 'charge-now', kopecks: amountKopecks, for: 'transfer' },
      ...(feeKopecks > 0
        ? [{ effect: 'charge-now', kopecks: feeKopecks, for: 'transfer-fee' } as const]
        : []),
    ]
  },
  carryOut: (tx, { lines }, act, { toMsisdn, amountKopecks }) =>
    transfer(tx, lines, { ...act, toMsisdn, amountKopecks }),
}

const GOODWILL = { ru: 'Начисление в знак извинения', en: 'Goodwill credit' } as const

/** Money given by the staff. How much one may give away is looked at when it is placed (`goodwill.ts`). */
export const goodwillCredit: Kind<'goodwill-credit'> = {
  undoable: false,
  effects: ({ line, context }, { amountKopecks }) => {
    const { goodwillMaxKopecks } = context.rules
    return [
      ...conflictEffects([
        ...stateConflicts(line, 'receive'),
        ...(amountKopecks > goodwillMaxKopecks
          ? [conflict('limit', 'goodwill', { maxKopecks: goodwillMaxKopecks })]
          : []),
      ]),
      { effect: 'receive-money', kopecks: amountKopecks },
    ]
  },
  carryOut: (tx, { lines }, act, { amountKopecks }) =>
    creditMoney(tx, lines, {
      ...act,
      from: 'goodwill',
      kopecks: amountKopecks,
      category: 'credit',
      title: GOODWILL,
      code: 'goodwill',
    }),
}
