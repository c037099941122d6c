import {
  conflict,
  setAutoTopUp as keepAutoTopUp,
  setForwarding as keepForwarding,
  setLimit as keepLimit,
  stateConflicts,
  workOnLine,
} from '../../lines/index.ts'
import { countAsked } from '../store.ts'
import { conflictEffects, type Kind, type View } from './kind.ts'
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

export const setLimit: Kind<'set-limit'> = {
  undoable: false,
  effects: changeable,
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
