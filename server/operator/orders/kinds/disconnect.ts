import type { OrderEffect } from '../../../../contracts/orders.ts'
import type { Executor } from '../../../platform/database/index.ts'
import {
  conflict,
  creditMoney,
  type DisconnectionPlan,
  disconnectOffering,
  feeOf,
  type LineState,
  type LinesContext,
  planDisconnection,
  selectTakenAfter,
  workOnLine,
} from '../../lines/index.ts'
import { switchesOff } from '../switches-off.ts'
import { conflictEffects, type Kind, type OrderAct, type View, waitingConflicts, warning } from './kind.ts'
import { titleOfRefund } from './refund.ts'

/** What switching one thing off would do. Only of that kind: an option is not stopped by who means a subscription. */
function disconnectionEffects(view: View, code: string, kind: 'option' | 'content'): OrderEffect[] {
  const { line } = view
  const plan = planDisconnection(line, code)
  if (plan.connected && plan.connected.offering.terms.kind !== kind) {
    return conflictEffects([conflict('not-connected', code)])
  }
  return [
    ...conflictEffects(plan.conflicts),
    ...waitingConflicts(view, code, (one) => switchesOff(one, code, kind)),
    ...effectsOf(view, plan),
  ]
}

function effectsOf({ line, now }: View, { connected, disconnects, lost }: DisconnectionPlan): OrderEffect[] {
  if (!connected) return []
  const { terms } = connected.offering
  return [
    ...(terms.charge === 'once'
      ? []
      : [
          {
            effect: 'charge-ends',
            kopecks: feeOf(line, terms, now),
            for: terms.code,
            every: terms.charge,
          } as const,
        ]),
    ...lost.map((one) => ({ effect: 'lose', ...one }) as const),
    ...disconnects.map((code) => ({ effect: 'disconnects', code }) as const),
    ...(terms.feeKopecks > 0 ? [warning('money-not-returned')] : []),
  ]
}

const contentCodes = ({ connected }: LineState): string[] =>
  connected
    .map(({ offering }) => offering.terms)
    .filter(({ kind }) => kind === 'content')
    .map(({ code }) => code)

/** Nobody pays for what they have switched off: what fell due while that waited for its time comes back. */
async function switchOff(tx: Executor, lines: LinesContext, act: OrderAct, code: string): Promise<void> {
  const { disconnected } = await disconnectOffering(tx, lines, { ...act, code })
  if (!act.askedAt) return
  for (const taken of await selectTakenAfter(tx, act.lineId, disconnected, act.askedAt)) {
    await creditMoney(tx, lines, {
      ...taken,
      lineId: act.lineId,
      ref: `${act.ref}:${taken.code}`,
      from: taken.category === 'content' ? `partner:${taken.code}` : 'income:option',
      title: await titleOfRefund(tx, taken.code),
    })
  }
}

export const disconnectOption: Kind<'disconnect-option'> = {
  undoable: true,
  effects: (view, { code }) => disconnectionEffects(view, code, 'option'),
  carryOut: (tx, { lines }, act, { code }) => switchOff(tx, lines, act, code),
}

export const stopContent: Kind<'stop-content'> = {
  undoable: true,
  effects: (view, { code }) => disconnectionEffects(view, code, 'content'),
  carryOut: (tx, { lines }, act, { code }) => switchOff(tx, lines, act, code),
}

/** All subscriptions that are there when it is carried out; those of which a single one is stopped meanwhile are not missed. */
export const stopAllContent: Kind<'stop-all-content'> = {
  undoable: true,
  effects: (view) => {
    const codes = contentCodes(view.line)
    return [
      ...conflictEffects(codes.length === 0 ? [conflict('not-connected', 'content')] : []),
      ...waitingConflicts(view, 'content', ({ kind }) => kind === 'stop-all-content'),
      ...codes.flatMap((code) => {
        const plan = planDisconnection(view.line, code)
        return [...conflictEffects(plan.conflicts), ...effectsOf(view, plan)]
      }),
    ]
  },
  carryOut: async (tx, { lines }, act) => {
    const codes = await workOnLine(tx, lines, act.lineId, ({ line }) => contentCodes(line))
    for (const code of codes) await switchOff(tx, lines, act, code)
  },
}
