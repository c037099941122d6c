import type { Flow } from '../../../../contracts/flows.ts'
import type { DialogState, HandOverReason } from './state.ts'
import { sayValue } from './words.ts'

const WHY: Readonly<Record<HandOverReason, string>> = {
  flow: 'так устроен сценарий',
  asked: 'попросил человека',
  'not-understood': 'дважды не понят помощником',
  emergency: 'экстренная ситуация',
  'not-proved': 'не подтвердил, что номер его',
  failed: 'система недоступна или сценарий прервался',
}

const OUTCOMES: Readonly<Record<string, string>> = {
  done: 'сделано',
  declined: 'передумал',
  refused: 'нельзя',
  failed: 'не вышло',
}

/** What whoever goes on must know, in the language of the desk: what was wanted, tried, filled in, and the way that was gone. */
export function summarise(flow: Flow, state: DialogState, why: HandOverReason): string {
  const filled = Object.entries(state.slots)
    .filter(([name]) => flow.slots[name]?.type !== 'secret')
    .map(([name, value]) => `${name}: ${sayValue(value, 'ru')}`)
  const tried = state.tried
    .filter(({ what }) => what !== '')
    .map(({ what, outcome }) => `${what} — ${OUTCOMES[outcome] ?? outcome}`)
  const parts = [
    `Передано помощником: ${WHY[why]}.`,
    state.wanted === null || state.wanted === '' ? null : `С чем пришёл: «${state.wanted}».`,
    `Сценарий: «${flow.title.ru}».`,
    tried.length > 0 ? `Пробовали: ${tried.join('; ')}.` : null,
    filled.length > 0 ? `Указано: ${filled.join('; ')}.` : null,
    `Путь: ${state.path.slice(-20).join(' → ') || '—'}.`,
  ]
  return parts.filter((part) => part !== null).join('\n')
}
