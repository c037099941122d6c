import type { OrderEffect } from '../../../../contracts/orders.ts'
import { findOffered } from '../../catalogue/index.ts'
import {
  changeTariff as change,
  conflict,
  isTariff,
  type LineState,
  planTariffChange,
  type Tariff,
  type TariffChangePlan,
} from '../../lines/index.ts'
import { conflictEffects, type Kind, warning } from './kind.ts'

export const changeTariff: Kind<'change-tariff'> = {
  undoable: false,
  effects: async (view, { code, when }) => {
    const { db, line, now, context } = view
    const staying = line.tariff.terms.code === code && line.nextTariff !== null
    const tariff = staying ? line.tariff : await findOffered(db, code, now)
    if (!tariff || !isTariff(tariff)) return conflictEffects([conflict('not-offered', code)])
    const plan = planTariffChange(line, tariff, when, context.lines.rules, now)
    const conflicts = conflictEffects(plan.conflicts)
    if (plan.takesBack) return conflicts
    const leaving = await findOffered(db, line.tariff.terms.code, now)
    return [
      ...conflicts,
      ...charges(tariff, plan, when),
      ...tariff.terms.packages.map(
        ({ type, amount }) => ({ effect: 'gain', type, amount, until: null }) as const,
      ),
      ...plan.lost.map((one) => ({ effect: 'lose', ...one }) as const),
      ...lotsReturn(line, when),
      ...plan.disconnects.map((gone) => ({ effect: 'disconnects', code: gone }) as const),
      ...plan.discountsLost.map((gone) => warning('discount-lost', gone)),
      ...(leaving === undefined ? [warning('no-way-back', line.tariff.terms.code)] : []),
    ]
  },
  carryOut: (tx, { lines }, act, { code, when }) => change(tx, lines, { ...act, code, when }),
}

/** What is for sale comes back before the packages are lost. */
const lotsReturn = ({ holds }: LineState, when: 'now' | 'period-end'): OrderEffect[] =>
  when === 'now' && holds.some(({ amount }) => amount > 0) ? [warning('lots-return')] : []

function charges(
  { terms }: Tariff,
  { feeKopecks, changeFeeKopecks, at }: TariffChangePlan,
  when: 'now' | 'period-end',
): OrderEffect[] {
  const fee = { kopecks: feeKopecks, for: terms.code } as const
  return [
    ...(changeFeeKopecks > 0
      ? [{ effect: 'charge-now', kopecks: changeFeeKopecks, for: 'tariff-change' } as const]
      : []),
    when === 'now'
      ? { effect: 'charge-now', ...fee }
      : { effect: 'charge-later', ...fee, at: at.toISOString(), every: terms.period },
  ]
}
