import type { Flow, FlowNode, FlowWords, QuestionName } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import type { DialogState, HandOverReason } from './state.ts'
import { sayValue } from './words.ts'

const words = (ru: string, en: string): FlowWords => ({ ru, en })

/** Why people go on: a hand-over's reason, or a call that was promised. */
type Why = HandOverReason | 'call-back'

const WHY: Readonly<Record<Why, FlowWords>> = {
  flow: words('дальше по сценарию — человек', 'the flow goes on with a person'),
  'call-back': words('обещан звонок', 'a call is promised'),
  asked: words('попросил человека', 'asked for a person'),
  'not-understood': words('дважды не понят помощником', 'not understood twice'),
  emergency: words('экстренная ситуация', 'an emergency'),
  'not-proved': words('не подтвердил, что номер его', 'did not prove that the number is theirs'),
  failed: words('система недоступна или сценарий прервался', 'a system is away or the flow broke off'),
}

const OUTCOMES: Readonly<Record<string, FlowWords>> = {
  done: words('сделано', 'done'),
  declined: words('передумал', 'changed their mind'),
  refused: words('нельзя', 'not allowed'),
  failed: words('не вышло', 'did not work'),
}

const QUESTIONS: Readonly<Record<QuestionName, FlowWords>> = {
  line: words('посмотреть баланс и остатки', 'see the balance and what is left'),
  subscriptions: words('посмотреть подписки', 'see the subscriptions'),
  options: words('посмотреть опции', 'see the options'),
  tariffs: words('посмотреть тарифы', 'see the tariffs'),
  charges: words('посмотреть списания', 'see the charges'),
}

const ORDERS: Readonly<Record<string, FlowWords>> = {
  'connect-option': words('подключить опцию', 'switch an option on'),
  'disconnect-option': words('отключить опцию', 'switch an option off'),
  'stop-content': words('отключить подписку', 'stop a subscription'),
  'stop-all-content': words('отключить все подписки', 'stop all subscriptions'),
  'ban-content': words('запретить подписки', 'ban subscriptions'),
  'change-tariff': words('сменить тариф', 'change the tariff'),
  'promised-payment': words('взять обещанный платёж', 'take a promised payment'),
  'block-line': words('заблокировать номер', 'block the number'),
  'unblock-line': words('разблокировать номер', 'unblock the number'),
  'send-settings': words('прислать настройки', 'send the settings'),
}

/** What stands before each part of the note. */
const PARTS = {
  ru: {
    handed: 'Передано помощником',
    wanted: 'С чем пришёл',
    flow: 'Сценарий',
    tried: 'Пробовали',
    filled: 'Ответил',
    way: 'Путь',
    quote: (text: string) => `«${text}»`,
  },
  en: {
    handed: 'Handed over by the assistant',
    wanted: 'Came with',
    flow: 'Flow',
    tried: 'Tried',
    filled: 'Answered',
    way: 'Way',
    quote: (text: string) => `“${text}”`,
  },
} as const

/** Steps of the way that are told, the newest. */
const STEPS_TOLD = 8
/** Characters of what was said at a step: enough to know it again. */
const STEP_CHARACTERS = 48

/** What whoever goes on must know, in both languages of the desk: what was wanted, tried, filled in, and the way that was gone. */
export const summarise = (flow: Flow, state: DialogState, why: Why): FlowWords => ({
  ru: summariseIn('ru', flow, state, why),
  en: summariseIn('en', flow, state, why),
})

function summariseIn(locale: Locale, flow: Flow, state: DialogState, why: Why): string {
  const part = PARTS[locale]
  const filled = Object.entries(state.slots)
    .filter(([name]) => flow.slots[name]?.type !== 'secret')
    .map(([name, value]) => `${askedFor(locale, flow, name)} — ${sayValue(value, locale)}`)
  const tried = state.tried
    .filter(({ what }) => what !== '')
    .map(({ what, outcome }) => `${sayAct(locale, what)} — ${OUTCOMES[outcome]?.[locale] ?? outcome}`)
  const way = wayOf(locale, flow, state)
  const parts = [
    `${part.handed}: ${WHY[why][locale]}.`,
    state.wanted === null || state.wanted === '' ? null : `${part.wanted}: ${part.quote(state.wanted)}.`,
    `${part.flow}: ${part.quote(flow.title[locale])}.`,
    tried.length > 0 ? `${part.tried}: ${tried.join('; ')}.` : null,
    filled.length > 0 ? `${part.filled}: ${filled.join('; ')}.` : null,
    way.length > 0 ? `${part.way}: ${way.join(' → ')}.` : null,
  ]
  return parts.filter((one) => one !== null).join('\n')
}

const sayAct = (locale: Locale, what: string): string =>
  (ORDERS[what] ?? QUESTIONS[what as QuestionName])?.[locale] ?? what

/** By which question a slot was filled; its name where none asks for it. */
function askedFor(locale: Locale, flow: Flow, slot: string): string {
  const asking = Object.values(flow.nodes).find((node) => node.kind === 'ask' && node.slot === slot)
  return (asking && sayStep(locale, asking)) ?? slot
}

/** What was said and done in this flow, in its own words; steps that the person did not notice are left out. */
function wayOf(locale: Locale, flow: Flow, state: DialogState): string[] {
  const here = `${state.flow}/`
  const steps = state.path.flatMap((place) => {
    const node = place.startsWith(here) ? flow.nodes[place.slice(here.length)] : undefined
    return (node && sayStep(locale, node)) ?? []
  })
  return steps.filter((step, n) => step !== steps[n - 1]).slice(-STEPS_TOLD)
}

/** A step in a few words; undefined for those that only decide. */
function sayStep(locale: Locale, node: FlowNode): string | undefined {
  if (node.kind === 'do') return sayAct(locale, node.ask ?? node.order?.kind ?? '') || undefined
  if (!('words' in node)) return undefined
  // What stood in the braces is among the answers, or no matter for the way.
  const text = node.words[locale]
    .replace(/\{[^}]*\}/g, '…')
    .replace(/\s+/g, ' ')
    .replace(/…[….\s]*…|…\./g, '…')
    .trim()
    .replace(/\.$/, '')
  const cut =
    text.length > STEP_CHARACTERS ? `${text.slice(0, STEP_CHARACTERS).replace(/[\s\p{P}]+$/u, '')}…` : text
  return cut === '' ? undefined : PARTS[locale].quote(cut)
}
