import type { OrderEffect } from '../../../../contracts/orders.ts'
import {
  conflict,
  setAutoTopUp as keepAutoTopUp,
  setForwarding as keepForwarding,
  setLimit as keepLimit,
  roamedOnDay,
  spentInMonth,
  stateConflicts,
  workOnLine,
} from '../../lines/index.ts'
import { countAsked } from '../store.ts'
import { conflictEffects, type Kind, type RequestOf, type View, warning } from './kind.ts'
import { automaticConflicts } from './top-up.ts'

const changeable = ({ line }: View) => conflictEffects(stateConflicts(line, 'change-settings'))

export const setForwarding: Kind<'set-forwarding'> = {
  undoable: false,
  effects: (view, { toMsisdn }) => [
    ...changeable(view),
    ...conflictEffects(toMsisdn === view.line.msisdn ? [conflict('own-number')] : []),
  ],
  carryOut: (tx, { lines }, act, { condition, toMsisdn }) =>
    keepForwarding(tx, lines, { ...act, condition, toMsisdn }),
}

/** A limit below what was spent takes nothing back: whatever counts against it stops at once. */
function spentAlready({ line, now }: View, { limit, amountKopecks }: RequestOf<'set-limit'>): OrderEffect[] {
  const isMonth = limit === 'spend-month'
  const spent = isMonth ? spentInMonth(line, now) : roamedOnDay(line, now)
  if (amountKopecks === null || spent < amountKopecks) return []
  return [warning(isMonth ? 'month-limit-spent' : 'day-limit-spent')]
}

export const setLimit: Kind<'set-limit'> = {
  undoable: false,
  effects: (view, request) => [...changeable(view), ...spentAlready(view, request)],
  carryOut: (tx, { lines }, act, { limit, amountKopecks }) =>
    keepLimit(tx, lines, { ...act, limit, amountKopecks }),
}

export const setAutoTopUp: Kind<'set-auto-top-up'> = {
  undoable: false,
  effects: async (view, { rule }) => [
    ...changeable(view),
    ...conflictEffects([
      ...(rule ? automaticConflicts(rule) : []),
      ...(rule && !(await view.context.till.hasMethod(view.db, view.line.id))
        ? [conflict('not-connected', 'payment-method')]
        : []),
    ]),
  ],
  carryOut: async (tx, { lines, till }, act, { rule }) => {
    await keepAutoTopUp(tx, lines, { ...act, rule })
    if (rule === null) await till.forgetMethod(tx, act.lineId)
  },
}

const DAY_MS = 86_400_000

/** The settings themselves are words for the phone: whoever hears of the notice sends them by SMS. Each costs the operator one. */
export const sendSettings: Kind<'send-settings'> = {
  undoable: false,
  effects: async (view) => {
    const { db, line, now, context } = view
    const sent = await countAsked(db, line.id, 'send-settings', new Date(now.getTime() - DAY_MS))
    return [
      ...changeable(view),
      ...conflictEffects(sent >= context.rules.settingsDay ? [conflict('too-often')] : []),
    ]
  },
  carryOut: async (tx, { announce, lines }, { lineId }, { topic, model }) => {
    const { msisdn } = await workOnLine(tx, lines, lineId, ({ line }) => line)
    await announce(tx, {
      kind: 'line-notice',
      lineId,
      msisdn,
      notice: `settings-${topic}`,
      facts: model === undefined ? {} : { model },
    })
  },
}
