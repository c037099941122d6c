import type { Flow, FlowNode, QuestionName } from '../../../../contracts/flows.ts'
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

const QUESTIONS: Readonly<Record<QuestionName, string>> = {
  line: 'посмотреть баланс и остатки',
  subscriptions: 'посмотреть подписки',
  options: 'посмотреть опции',
  tariffs: 'посмотреть тарифы',
  charges: 'посмотреть списания',
}

const ORDERS: Readonly<Record<string, string>> = {
  'connect-option': 'подключить опцию',
  'disconnect-option': 'отключить опцию',
  'stop-content': 'отключить подписку',
  'stop-all-content': 'отключить все подписки',
  'ban-content': 'запретить подписки',
  'change-tariff': 'сменить тариф',
  'promised-payment': 'взять обещанный платёж',
  'block-line': 'заблокировать номер',
  'unblock-line': 'разблокировать номер',
  'send-settings': 'прислать настройки',
}

/** Steps of the way that are told, the newest. */
const STEPS_TOLD = 8
/** Characters of what was said at a step: enough to know it again. */
const STEP_CHARACTERS = 48

/** What whoever goes on must know, in the language of the desk: what was wanted, tried, filled in, and the way that was gone. */
export function summarise(flow: Flow, state: DialogState, why: HandOverReason): string {
  const filled = Object.entries(state.slots)
    .filter(([name]) => flow.slots[name]?.type !== 'secret')
    .map(([name, value]) => `${askedFor(flow, name)} — ${sayValue(value, 'ru')}`)
  const tried = state.tried
    .filter(({ what }) => what !== '')
    .map(({ what, outcome }) => `${sayAct(what)} — ${OUTCOMES[outcome] ?? outcome}`)
  const way = wayOf(flow, state)
  const parts = [
    `Передано помощником: ${WHY[why]}.`,
    state.wanted === null || state.wanted === '' ? null : `С чем пришёл: «${state.wanted}».`,
    `Сценарий: «${flow.title.ru}».`,
    tried.length > 0 ? `Пробовали: ${tried.join('; ')}.` : null,
    filled.length > 0 ? `Ответил: ${filled.join('; ')}.` : null,
    way.length > 0 ? `Путь: ${way.join(' → ')}.` : null,
  ]
  return parts.filter((part) => part !== null).join('\n')
}

const sayAct = (what: string): string => ORDERS[what] ?? QUESTIONS[what as QuestionName] ?? what

/** By which question a slot was filled; its name where none asks for it. */
function askedFor(flow: Flow, slot: string): string {
  const asking = Object.values(flow.nodes).find((node) => node.kind === 'ask' && node.slot === slot)
  return (asking && sayStep(asking)) ?? slot
}

/** What was said and done in this flow, in its own words; steps that the person did not notice are left out. */
function wayOf(flow: Flow, state: DialogState): string[] {
  const here = `${state.flow}/`
  const steps = state.path.flatMap((place) => {
    const node = place.startsWith(here) ? flow.nodes[place.slice(here.length)] : undefined
    return (node && sayStep(node)) ?? []
  })
  return steps.filter((step, n) => step !== steps[n - 1]).slice(-STEPS_TOLD)
}

/** A step in a few words; undefined for those that only decide. */
function sayStep(node: FlowNode): string | undefined {
  if (node.kind === 'do') return sayAct(node.ask ?? node.order?.kind ?? '') || undefined
  if (!('words' in node)) return undefined
  // What stood in the braces is among the answers, or no matter for the way.
  const words = node.words.ru
    .replace(/\{[^}]*\}/g, '…')
    .replace(/\s+/g, ' ')
    .replace(/…[….\s]*…|…\./g, '…')
    .trim()
  const cut =
    words.length > STEP_CHARACTERS ? `${words.slice(0, STEP_CHARACTERS).replace(/[\s\p{P}]+$/u, '')}…` : words
  return cut === '' ? undefined : `«${cut}»`
}
