import type { OptionTerms } from '../../../../contracts/catalogue.ts'
import type { OrderEffect } from '../../../../contracts/orders.ts'
import { findOffered } from '../../catalogue/index.ts'
import {
  addDays,
  conflict,
  conflictsOf,
  connectOffering,
  feeOf,
  isConnectable,
  occurrence,
  priceOf,
} from '../../lines/index.ts'
import { conflictEffects, type Kind, type View } from './kind.ts'

/** What connecting an option or a subscription by its code would do. */
async function connectionEffects(
  view: View,
  code: string,
  kind: 'option' | 'content',
): Promise<OrderEffect[]> {
  const { db, line, now, context } = view
  const offering = await findOffered(db, code, now)
  if (!offering || !isConnectable(offering) || offering.terms.kind !== kind) {
    return conflictEffects([conflict('not-offered', code)])
  }
  const { terms } = offering
  const price = priceOf(line, offering, now)
  const next = terms.charge === 'once' ? null : occurrence(now, line.timeZone, terms.charge, 1)
  return [
    ...conflictEffects(conflictsOf(line, offering, context.lines.rules, now)),
    ...(price > 0 ? [{ effect: 'charge-now', kopecks: price, for: code } as const] : []),
    ...(next && terms.feeKopecks > 0
      ? [
          {
            effect: 'charge-later',
            kopecks: feeOf(line, terms, next),
            for: code,
            at: next.toISOString(),
            every: terms.charge,
          } as const,
        ]
      : []),
    ...(terms.kind === 'option' ? gains(view, terms, next) : []),
  ]
}

/** What an option brings, and until when: its own days, or the period that is paid for. */
function gains({ line, now }: View, terms: OptionTerms, next: Date | null): OrderEffect[] {
  const until = terms.days === null ? next : addDays(now, line.timeZone, terms.days)
  return terms.packages.map(({ type, amount }) => ({
    effect: 'gain',
    type,
    amount,
    until: until?.toISOString() ?? null,
  }))
}

export const connectOption: Kind<'connect-option'> = {
  undoable: false,
  effects: (view, { code }) => connectionEffects(view, code, 'option'),
  carryOut: (tx, { lines }, act, { code }) => connectOffering(tx, lines, { ...act, code }),
}

/** Only by the person, with the words that they agreed to. */
export const connectContent: Kind<'connect-content'> = {
  undoable: false,
  effects: (view, { code }) => connectionEffects(view, code, 'content'),
  carryOut: (tx, { lines }, { by, ...act }, { code, consent }) =>
    connectOffering(tx, lines, { ...act, code, consent: { through: by.through, words: consent } }),
}
