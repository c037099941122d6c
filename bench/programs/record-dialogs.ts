import {
  beginDialog,
  type DialogState,
  type Ears,
  type Input,
  listen,
  plainUnderstanding,
  type Result,
  readFirstFlow,
  step,
} from '../../server/care/assistant/index.ts'

export const NOW = new Date('2026-11-24T09:00:00Z')

type Flow = ReturnType<typeof readFirstFlow>
type Words = { readonly ru: string; readonly en: string }
const words = (ru: string): Words => ({ ru, en: ru })
const facts = (given: Extract<Result, { outcome: 'facts' }>['facts'], lists = {}): Result => ({
  outcome: 'facts',
  facts: given,
  lists,
})

const LINE = facts({
  balance: { kopecks: 12_345 },
  balanceKopecks: 12_345,
  left: words('Осталось 12 ГБ, 310 минут, 50 SMS.'),
  nextCharge: words('1 декабря спишется 500 ₽ за тариф.'),
  lineState: 'active',
})
const SUBSCRIPTIONS = facts(
  { subscriptionCount: 2, subscriptionNames: words('Гороскоп — 10 ₽ в день, Музыка — 199 ₽ в месяц') },
  {
    subscriptions: [
      { item: 'horoscope', title: words('Гороскоп') },
      { item: 'music', title: words('Музыка') },
    ],
  },
)
const PREVIEW: Result = { outcome: 'preview', effects: words('Спишется 100 ₽ через 3 дня.'), digest: 'd' }
const DONE: Result = { outcome: 'done' }
const PROOF: readonly (string | Result)[] = [
  { outcome: 'prove' },
  '8 900 123-45-67',
  { outcome: 'code-sent', proofId: 'p' },
  '481516',
  { outcome: 'proved', lineId: 'line' },
]

/** Dialogs as people have them: what they say, and what comes of what is done. */
const SCRIPTS: readonly (readonly [string, readonly (string | Result)[]])[] = [
  ['main', ['Деньги', 'что-то ещё', '2']],
  ['left', [...PROOF, LINE, 'Это всё']],
  ['subscriptions', [...PROOF, SUBSCRIPTIONS, '1', 'никакую', 'Музыка', PREVIEW, 'да', DONE]],
  ['promised-payment', ['сколько дадите', '100 рублей', PREVIEW, 'да', DONE]],
  [
    'promised-payment',
    [
      '5000',
      '300',
      { outcome: 'prove' },
      '+7 900 765 43 21',
      { outcome: 'code-sent', proofId: 'p' },
      '000000',
      { outcome: 'code-wrong' },
      '481516',
      { outcome: 'proved', lineId: null },
      PREVIEW,
      'нет',
    ],
  ],
  ['internet', [LINE, 'нет', PREVIEW, 'да', DONE, 'не знаю', 'да']],
  ['sim-lost', ['Кодовым словом', 'мой номер', '+7 900 123-45-67', 'ромашка', DONE]],
  ['complaint', ['Третий день не приходит SMS с кодом, а в чате молчат']],
]

/** One step of a recording. */
export interface Recorded {
  readonly flow: Flow
  readonly before: DialogState
  readonly said: string | null
  readonly input: Input
  /** Something was asked for, and what came is judged. */
  readonly judged: boolean
}

const { read } = plainUnderstanding('RU')
export const EARS: Ears = { meaning: () => null, read, choose: () => null }
const JUDGED = new Set<DialogState['phase']>(['number', 'code', 'confirm'])

/** Plays the scripts on the shipped flows. Gives every step, in order. */
export function recordDialogs(): Recorded[] {
  return SCRIPTS.flatMap(([key, script]) => {
    const flow = readFirstFlow(key)
    const began = beginDialog({ flow: key, version: 1, locale: 'ru', facts: { trust: 0 }, wanted: null })
    const steps: Recorded[] = []
    let state = began
    for (const line of [null, ...script]) {
      const said = typeof line === 'string' ? line : null
      const input: Input =
        line === null
          ? { kind: 'begin' }
          : typeof line === 'string'
            ? listen(flow, state, { text: line, choice: null }, EARS, NOW)
            : { kind: 'result', result: line }
      const asks = state.phase === 'said' && flow.nodes[state.node]?.kind === 'ask'
      steps.push({
        flow,
        before: state,
        said,
        input,
        judged: said !== null && (asks || JUDGED.has(state.phase)),
      })
      state = step(flow, state, input, NOW).state
    }
    if (state.phase === 'begin') throw new Error(`${key}: the recording does not begin`)
    return steps
  })
}
