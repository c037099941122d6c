import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Flow } from '../../../../contracts/flows.ts'
import { aFlow, anInput } from '../../../../test/factories/flows.ts'
import { checkFlow } from '../flows/check-flow.ts'
import { plainUnderstanding } from '../plain-understanding.ts'
import { trainedUnderstanding } from '../trained-understanding.ts'
import { readChoice } from '../understanding/index.ts'
import {
  beginDialog,
  commandIn,
  type DialogState,
  type Ears,
  type Heard,
  type Input,
  listen,
  type Meaning,
  type Result,
  renderChat,
  renderVoice,
  type Step,
  sayValue,
  step,
  summarise,
} from './index.ts'
import { rightValue } from './right-value.ts'

const now = new Date('2026-11-24T09:00:00Z')
const words = (ru: string, en = ru) => ({ ru, en })
const begin = (flow = 'test', facts = {}): DialogState =>
  beginDialog({ flow, version: 1, locale: 'ru', facts, wanted: 'подписки' })
const saidNothing: Input = { kind: 'said', text: '', chosen: null, command: null, meant: null }

const ears: Ears = { meaning: () => null, read: plainUnderstanding('RU').read, choose: () => null }

const PEOPLES_WORDS = trainedUnderstanding(
  {
    understand: () => ({ verdict: 'unsure', intents: [], lookedAt: [], because: [] }),
    drain: async () => undefined,
  },
  'RU',
)

/** A dialog as somebody has it: what they say, and what comes of what is done. */
function talk(flow: Flow, hears: Ears = ears) {
  let last: Step = step(flow, begin(), { kind: 'begin' }, now)
  const take = (input: Input) => {
    last = step(flow, last.state, input, now)
    return last
  }
  return {
    last: () => last,
    say: (text: string, choice: string | null = null) =>
      take(listen(flow, last.state, { text, choice } satisfies Heard, hears, now)),
    result: (result: Result) => take({ kind: 'result', result }),
    text: () => last.outputs.map((output) => output.text).join(' '),
  }
}

const SUBSCRIPTIONS: Flow = {
  title: words('Платные подписки', 'Paid subscriptions'),
  intents: ['paid-subscriptions'],
  start: 'look',
  slots: { which: { type: 'item', list: 'subscriptions' } },
  nodes: {
    look: { kind: 'do', ask: 'subscriptions', done: 'any', declined: 'bye', refused: 'no', failed: 'person' },
    any: {
      kind: 'when',
      cases: [{ fact: 'subscriptionCount', atLeast: 1, next: 'choose' }],
      otherwise: 'none',
    },
    none: { kind: 'end', words: words('Платных подписок нет.'), done: true },
    choose: {
      kind: 'ask',
      words: words('Подписки: {subscriptionNames}. Какую отключить?'),
      slot: 'which',
      again: words('Выберите из списка.'),
      next: 'stop',
    },
    stop: {
      kind: 'do',
      order: { kind: 'stop-content', code: '{which}' },
      done: 'stopped',
      declined: 'bye',
      refused: 'no',
      failed: 'person',
    },
    stopped: { kind: 'end', words: words('«{which}» отключена.'), done: true },
    no: { kind: 'end', words: words('Не получится: {reason}'), done: false },
    bye: { kind: 'end', words: words('Хорошо, ничего не меняю.'), done: false },
    person: {
      kind: 'hand-over',
      words: words('Зову человека.'),
      queue: 'general',
      skill: null,
      urgent: false,
    },
  },
}
const LISTED: Result = {
  outcome: 'facts',
  facts: { subscriptionCount: 2, subscriptionNames: words('Гороскоп, Музыка') },
  lists: {
    subscriptions: [
      { item: 'horoscope', title: words('Гороскоп') },
      { item: 'music', title: words('Музыка') },
    ],
  },
}
const PREVIEW: Result = { outcome: 'preview', effects: words('Подписка отключится сразу.'), digest: 'abc' }

describe('a dialog', () => {
  test('asks the edge, offers what there is, confirms what it would do, does it once, and says so', () => {
    const dialog = talk(SUBSCRIPTIONS)
    expect(dialog.last().effect).toMatchObject({
      kind: 'act',
      act: { kind: 'ask', question: 'subscriptions' },
    })
    dialog.result(LISTED)
    expect(dialog.text()).toBe('Подписки: Гороскоп, Музыка. Какую отключить?')
    expect(dialog.say('2').effect).toMatchObject({
      kind: 'act',
      act: { kind: 'preview', request: { kind: 'stop-content', code: 'music' } },
    })
    dialog.result(PREVIEW)
    expect(dialog.text()).toBe('«Музыка». Подписка отключится сразу. Подтверждаете?')
    expect(dialog.say('да').effect).toMatchObject({ kind: 'act', act: { kind: 'place', digest: 'abc' } })
    expect(dialog.result({ outcome: 'done' }).effect).toEqual({ kind: 'end', done: true })
    expect(dialog.text()).toBe('«Музыка» отключена.')
  })

  test('does nothing that was not confirmed', () => {
    const dialog = talk(SUBSCRIPTIONS)
    dialog.result(LISTED)
    dialog.say('Гороскоп')
    dialog.result(PREVIEW)
    expect(dialog.say('нет').effect).toEqual({ kind: 'end', done: false })
    expect(dialog.text()).toBe('Хорошо, ничего не меняю.')
  })

  test('takes a yes that names what is asked about, and nothing that puts it off or asks back', () => {
    const dialog = talk(SUBSCRIPTIONS, { ...ears, read: PEOPLES_WORDS.read })
    dialog.result(LISTED)
    dialog.say('Гороскоп')
    dialog.result(PREVIEW)
    expect(dialog.say('да сколько можно').effect).toBeNull()
    expect(dialog.say('да, отключите гороскопа').effect).toMatchObject({ act: { kind: 'place' } })
  })

  test('hears who is called, and what is wanted instead, in a no', () => {
    const meant = (flow: string): Meaning => ({ verdict: 'sure', intent: flow, flow, title: words(flow) })
    const hears: Ears = {
      ...ears,
      read: PEOPLES_WORDS.read,
      meaning: (text) => {
        if (text.includes('поддержк')) return meant('person')
        return text.includes('роуминг') ? meant('roaming') : null
      },
    }
    const asked = () => {
      const dialog = talk(SUBSCRIPTIONS, hears)
      dialog.result(LISTED)
      dialog.say('Гороскоп')
      dialog.result(PREVIEW)
      return dialog
    }
    expect(asked().say('нет, в поддержку').effect).toEqual({ kind: 'start', flow: 'person' })
    expect(asked().say('нет, подключите роуминг').effect).toEqual({ kind: 'start', flow: 'roaming' })
    expect(asked().say('нет, роуминг не надо').effect).toEqual({ kind: 'end', done: false })
  })

  test('hears who is called where a code is waited for', () => {
    const person: Meaning = { verdict: 'sure', intent: 'person', flow: 'person', title: words('person') }
    const dialog = talk(SUBSCRIPTIONS, {
      ...ears,
      meaning: (text) => {
        if (text === 'отключить') return { ...person, verdict: 'half' }
        return /\d/.test(text) ? null : person
      },
    })
    dialog.result({ outcome: 'prove' })
    dialog.say('8 900 123-45-67')
    dialog.result({ outcome: 'code-sent', proofId: 'p-1' })
    const half = dialog.say('отключить')
    expect(half.state.phase).toBe('code')
    expect(dialog.say('в поддержку').effect).toEqual({ kind: 'start', flow: 'person' })
  })

  test('says that no code can be sent or taken, and calls a person, rather than goodbye', () => {
    const dialog = talk(SUBSCRIPTIONS)
    dialog.result({ outcome: 'prove' })
    dialog.say('8 900 123-45-67')
    expect(dialog.result({ outcome: 'code-over' }).effect).toMatchObject({
      kind: 'hand-over',
      why: 'not-proved',
    })
    expect(dialog.text()).toMatch(/^С кодом сейчас не получается/)
  })

  test('first finds out who asks, by a code that stands nowhere in its state', () => {
    const dialog = talk(SUBSCRIPTIONS)
    dialog.result({ outcome: 'prove' })
    expect(dialog.text()).toMatch(/^Это личные сведения/)
    expect(dialog.say('8 900 123-45-67').effect).toMatchObject({
      act: { kind: 'send-code', msisdn: '79001234567' },
    })
    expect(dialog.result({ outcome: 'code-sent', proofId: 'p-1' }).outputs.at(-1)?.secret).toBe(true)
    expect(dialog.say('код 481 516').effect).toMatchObject({ act: { kind: 'confirm-code', proofId: 'p-1' } })
    expect(JSON.stringify(dialog.last())).not.toMatch(/481.?516/)
    const { effect } = dialog.result({ outcome: 'proved', lineId: 'line-1' })
    expect(effect).toMatchObject({ act: { kind: 'ask', question: 'subscriptions' }, lineId: 'line-1' })
  })

  test('goes to a person at once when asked to, with what is known so far', () => {
    const dialog = talk(SUBSCRIPTIONS)
    dialog.result(LISTED)
    const { effect, state } = dialog.say('Позовите оператора, пожалуйста')
    expect(effect).toMatchObject({ kind: 'hand-over', why: 'asked', urgent: false })
    const { ru, en } = summarise(SUBSCRIPTIONS, state, 'asked')
    expect(ru).toBe(
      [
        'Передано помощником: попросил человека.',
        'С чем пришёл: «подписки».',
        'Сценарий: «Платные подписки».',
        'Пробовали: посмотреть подписки — сделано.',
        'Путь: посмотреть подписки → «Подписки: … Какую отключить?».',
      ].join('\n'),
    )
    expect(en.split('\n').slice(0, 4)).toEqual([
      'Handed over by the assistant: asked for a person.',
      'Came with: “подписки”.',
      `Flow: “${SUBSCRIPTIONS.title.en}”.`,
      'Tried: see the subscriptions — done.',
    ])
  })

  test('tells a long step of the way by its first words, without a full stop before the dots', () => {
    const flow: Flow = {
      ...SUBSCRIPTIONS,
      nodes: {
        look: {
          kind: 'menu',
          words: words('Я робот-помощник: не только отвечаю, но и делаю. Что случилось?'),
          choices: [{ title: words('Всё'), next: 'none' }],
        },
        none: { kind: 'end', words: words('Хорошо.'), done: true },
      },
    }
    const { state } = talk(flow).last()
    expect(summarise(flow, state, 'asked').ru.split('\n').at(-1)).toBe(
      'Путь: «Я робот-помощник: не только отвечаю, но и делаю…».',
    )
  })

  test('tells a whole step without its full stop, and why people go on where a call is promised', () => {
    const flow: Flow = {
      ...SUBSCRIPTIONS,
      start: 'none',
      nodes: { none: { kind: 'end', words: words('Хорошо, перезвоним.'), done: true } },
    }
    const { state } = talk(flow).last()
    const told = summarise(flow, state, 'call-back').ru.split('\n')
    expect(told[0]).toBe('Передано помощником: обещан звонок.')
    expect(told.at(-1)).toBe('Путь: «Хорошо, перезвоним».')
  })

  test('says a day as people do', () => {
    expect(sayValue({ day: '2026-11-07' }, 'ru')).toBe('7 ноября 2026 года')
    expect(sayValue({ day: '2026-11-07' }, 'en')).toBe('7 November 2026')
  })

  test('says money as screens do', () => {
    expect(sayValue({ kopecks: -125_050 }, 'ru')).toBe('−1\u00a0250,50\u00a0₽')
    expect(sayValue({ kopecks: -125_050 }, 'en')).toBe('−₽1,250.50')
  })

  test('answers an emergency with 112 first, wherever it is, and calls a person urgently', () => {
    for (const phase of ['said', 'confirm', 'number', 'code']) {
      const dialog = talk(SUBSCRIPTIONS)
      if (phase === 'said') dialog.result(LISTED)
      else dialog.result({ outcome: 'prove' })
      const { effect } = dialog.say('Маме плохо, папа не дышит!')
      expect(effect).toMatchObject({ kind: 'hand-over', urgent: true, why: 'emergency' })
      expect(dialog.text()).toContain('112')
    }
  })

  test('says that a person is called where a flow breaks off without a word', () => {
    // What should have filled the order's slot was never asked.
    const dialog = talk({ ...SUBSCRIPTIONS, start: 'stop' })
    expect(dialog.last().effect).toMatchObject({ kind: 'hand-over', why: 'failed' })
    expect(dialog.text()).toMatch(/^Зову человека/)
  })

  test('asks again once, then calls a person', () => {
    const dialog = talk(SUBSCRIPTIONS)
    dialog.result(LISTED)
    dialog.say('эээ')
    expect(dialog.text()).toBe('Выберите из списка.')
    expect(dialog.say('ммм').effect).toMatchObject({ kind: 'hand-over', why: 'not-understood' })
  })

  test('takes what is named in other words than on its button, unless it is asked about or refused', () => {
    const hears = { ...ears, choose: readChoice }
    const named = (text: string) => {
      const dialog = talk(SUBSCRIPTIONS, hears)
      dialog.result(LISTED)
      return dialog.say(text).effect
    }
    expect(named('гороскопа не надо')).toBeNull()
    expect(named('а что такое гороскоп?')).toBeNull()
    expect(named('отключите гороскоп, пожалуйста')).toMatchObject({
      act: { request: { kind: 'stop-content', code: 'horoscope' } },
    })
    expect(named('вторую')).toMatchObject({ act: { request: { kind: 'stop-content' } } })
  })

  test('at a menu goes where somebody surely wants to, rather than to a title that they name by the way', () => {
    const menu: Flow = {
      title: words('Меню'),
      intents: [],
      start: 'what',
      slots: {},
      nodes: {
        what: {
          kind: 'menu',
          words: words('Что?'),
          choices: [
            { title: words('Деньги'), next: 'money' },
            { title: words('Отключить все'), next: 'all' },
          ],
        },
        money: { kind: 'end', words: words('О деньгах.'), done: true },
        all: { kind: 'end', words: words('Все отключены.'), done: true },
      },
    }
    const meaning: Meaning = { verdict: 'sure', intent: 'charges', flow: 'charges', title: words('Списания') }
    const hears = { ...ears, choose: readChoice }
    const sure = talk(menu, { ...hears, meaning: () => meaning })
    expect(sure.say('где мои деньги').effect).toEqual({ kind: 'start', flow: 'charges' })
    const free = talk(menu, { ...hears, meaning: () => ({ ...meaning, verdict: 'half' }) })
    free.say('давай отключим все')
    expect(free.text()).toBe('Все отключены.')
  })

  test('asks back when it is half sure what is meant, and goes there when it is sure', () => {
    const meaning: Meaning = { verdict: 'half', intent: 'balance', flow: 'left', title: words('Остатки') }
    const half = talk(SUBSCRIPTIONS, { ...ears, meaning: () => meaning })
    half.result(LISTED)
    half.say('а сколько там у меня')
    expect(half.text()).toBe('Вы про это: «Остатки»?')
    expect(half.say('да').effect).toEqual({ kind: 'start', flow: 'left' })
    const sure = talk(SUBSCRIPTIONS, { ...ears, meaning: () => ({ ...meaning, verdict: 'sure' }) })
    sure.result(LISTED)
    expect(sure.say('сколько у меня осталось').effect).toEqual({ kind: 'start', flow: 'left' })
  })

  test('hears what is meant where a no to its question stands in other words, and a no where it is one', () => {
    const half: Meaning = { verdict: 'half', intent: 'balance', flow: 'left', title: words('Остатки') }
    const sure: Meaning = { ...half, verdict: 'sure', intent: 'internet-broken', flow: 'internet' }
    const meaning = (text: string) => (text.includes('интернет') ? sure : text === 'нет' ? null : half)
    const asked = () => {
      const began = talk(SUBSCRIPTIONS, { ...ears, read: PEOPLES_WORDS.read, meaning })
      began.result(LISTED)
      began.say('а сколько там у меня')
      return began
    }
    expect(asked().say('интернет не работает').effect).toEqual({ kind: 'start', flow: 'internet' })
    expect(asked().say('нет, интернет не работает').effect).toEqual({ kind: 'start', flow: 'internet' })
    const no = asked()
    expect(no.say('нет').effect).toBeNull()
    expect(no.last().state.misses).toBe(1)
  })

  test('asks for nothing that was told together with what is wanted, unless it is not right there', () => {
    const callBack: Flow = {
      title: words('Звонок'),
      intents: [],
      start: 'number',
      slots: { number: { type: 'phone' }, day: { type: 'date', fromDays: 0, toDays: 7 } },
      nodes: {
        number: { kind: 'ask', words: words('Номер?'), slot: 'number', again: words('Номер!'), next: 'day' },
        day: { kind: 'ask', words: words('День?'), slot: 'day', again: words('День!'), next: 'bye' },
        bye: { kind: 'end', words: words('{day}, {number}'), done: true },
      },
    }
    const meaning: Meaning = {
      verdict: 'sure',
      intent: 'call-back',
      flow: 'call-back',
      title: words('Звонок'),
    }
    const told = (text: string) => {
      const dialog = talk(SUBSCRIPTIONS, { ...ears, read: PEOPLES_WORDS.read, meaning: () => meaning })
      dialog.result(LISTED)
      const left = dialog.say(text)
      expect(left.effect).toEqual({ kind: 'start', flow: 'call-back' })
      const began = { ...begin('call-back'), told: left.state.told }
      return step(callBack, began, { kind: 'begin' }, now).outputs.map((output) => output.text)
    }
    expect(told('перезвоните мне на 89000000909')).toEqual(['День?'])
    expect(told('на 8 900 000-09-09, 25.11')).toEqual(['25 ноября 2026 года, +7\u00a0900\u00a0000-09-09'])
    // In a month it is not called any more.
    expect(told('8 900 000-09-09, 25.12')).toEqual(['День?'])
    expect(told('перезвоните мне')).toEqual(['Номер?'])
  })

  test('takes a button of yes or no for the answer, in a chat and on the phone', () => {
    const node = (next: string): Flow['nodes'][string] => ({ kind: 'end', words: words(next), done: true })
    const question: Flow = {
      title: words('Вопрос'),
      intents: [],
      start: 'ask',
      slots: { works: { type: 'yes-no' } },
      nodes: {
        ask: {
          kind: 'ask',
          words: words('Работает?'),
          slot: 'works',
          again: words('Да или нет?'),
          next: 'so',
        },
        so: { kind: 'when', cases: [{ fact: 'works', is: true, next: 'good' }], otherwise: 'bad' },
        good: node('Отлично'),
        bad: node('Жаль'),
      },
    }
    const answered = (text: string, choice: string | null = null) => {
      const dialog = talk(question)
      dialog.say(text, choice)
      return dialog.text()
    }
    expect([answered('Да', 'a1.0'), answered('Нет', 'a1.1')]).toEqual(['Отлично', 'Жаль'])
    expect([answered('1'), answered('2'), answered('да'), answered('нет')]).toEqual([
      'Отлично',
      'Жаль',
      'Отлично',
      'Жаль',
    ])
  })

  test('takes a button for what it was when it was shown, and an old one for its words', () => {
    const dialog = talk(SUBSCRIPTIONS)
    dialog.result(LISTED)
    const { state, outputs } = dialog.last()
    const shown = renderChat(state, outputs, { buttons: { max: 12, payloadMaxBytes: 64 } })
    expect(shown?.buttons.map(({ title }) => title)).toEqual(['Гороскоп', 'Музыка', 'Позвать человека'])
    dialog.say('эээ')
    expect(dialog.say('Музыка', shown!.buttons[1]!.payload).effect).toMatchObject({
      act: { request: { code: 'music' } },
    })
  })
})

describe('a day', () => {
  test('is counted by the clock of the operator, whose day begins before that of UTC', () => {
    const night = new Date('2026-11-24T22:00:00Z')
    const slot = { type: 'date', fromDays: 0, toDays: 7 } as const
    const judged = (day: string) => rightValue(slot, { day }, { lists: {} }, night)
    expect(judged('2026-11-24')).toBeUndefined()
    expect(judged('2026-11-25')).toEqual({ day: '2026-11-25' })
    expect(judged('2026-12-02')).toEqual({ day: '2026-12-02' })
    expect(judged('2026-12-03')).toBeUndefined()
  })
})

describe('what is always heard', () => {
  test('is no emergency where a sum is asked for and 112 is the answer', () => {
    const flow: Flow = {
      ...SUBSCRIPTIONS,
      start: 'sum',
      slots: { sum: { type: 'amount', minKopecks: 5000, maxKopecks: 50_000 } },
      nodes: {
        sum: { kind: 'ask', words: words('На сколько?'), slot: 'sum', again: words('Сумму.'), next: 'bye' },
        bye: { kind: 'end', words: words('Записал {sum}.'), done: true },
      },
    }
    const dialog = talk(flow)
    expect(dialog.say('112').effect).toEqual({ kind: 'end', done: true })
    expect(talk(flow).say('вызовите скорую').effect).toMatchObject({ why: 'emergency' })
  })
  test.each([
    '112',
    'вызовите скорую',
    'у нас пожар!!!',
    'не хочу жить',
    'call an ambulance',
    'она без сознания, мама не дышит',
  ])('an emergency: %s', (text) => expect(commandIn(text)).toBe('emergency'))
  test.each([
    'оператор',
    'Позовите человека',
    'соедините с оператором',
    'хочу поговорить с живым человеком',
    'human please',
    'I want to talk to a person',
  ])('a person: %s', (text) => expect(commandIn(text)).toBe('person'))
  test.each(['позвоните в 112', 'служба 103', '112!'])('the number itself: %s', (text) =>
    expect(commandIn(text)).toBe('emergency'),
  )
  test.each([
    '8 900 112 45 67',
    '+7 (900) 103-11-22',
    'у меня 112 рублей списали',
    'спишите 112 ₽',
    'осталось 103 мб',
    'оплатил 112.50',
  ])('no emergency, but a number: %s', (text) => expect(commandIn(text)).toBeNull())
  test.each(['сколько стоит тариф', 'не работает интернет', 'мой номер 79001120345', 'отключите подписку'])(
    'neither: %s',
    (text) => expect(commandIn(text)).toBeNull(),
  )
})

describe('what is shown', () => {
  const asked = () => {
    const dialog = talk(SUBSCRIPTIONS)
    return dialog.result(LISTED)
  }

  test('are numbers where a door has no buttons, or not as many', () => {
    const { state, outputs } = asked()
    const lines = 'Подписки: Гороскоп, Музыка. Какую отключить?\n1. Гороскоп\n2. Музыка\n3. Позвать человека'
    expect(renderChat(state, outputs, { buttons: null })).toEqual({ text: lines, buttons: [] })
    expect(renderChat(state, outputs, { buttons: { max: 2, payloadMaxBytes: 64 } })?.buttons).toEqual([])
  })

  test('are keys on the phone, 0 for a person', () => {
    const { state, outputs } = asked()
    expect(renderVoice(state, outputs)).toEqual({
      say: 'Подписки: Гороскоп, Музыка. Какую отключить? Гороскоп — нажмите 1. Музыка — нажмите 2. Чтобы позвать человека, нажмите 0.',
      keys: { 0: 2, 1: 0, 2: 1 },
      secret: false,
    })
  })
})

describe('any published flow', () => {
  const dialogs = fc.tuple(aFlow, fc.array(anInput, { maxLength: 40 }))

  test('passes the check', () => {
    fc.assert(
      fc.property(aFlow, (flow) => {
        expect(checkFlow(flow, new Set())).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('never throws, never hangs, and whatever was said before, one word brings a person', () => {
    fc.assert(
      fc.property(dialogs, ([flow, inputs]) => {
        let { state } = step(flow, begin(), { kind: 'begin' }, now)
        for (const input of inputs) {
          const taken = step(flow, state, input, now)
          if (state.phase !== 'over') {
            const called = step(flow, state, { ...saidNothing, command: 'person' } as Input, now)
            expect(called.effect).toMatchObject({ kind: 'hand-over', why: 'asked' })
            const pressed = step(flow, state, { ...saidNothing, chosen: state.offered.length } as Input, now)
            if (state.phase !== 'act') expect(pressed.effect).toMatchObject({ kind: 'hand-over' })
          }
          state = taken.state
          if (state.phase !== 'over' && taken.effect !== null)
            expect(['act', 'call-back']).toContain(taken.effect.kind)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('never asks more than twice for what is not understood', () => {
    fc.assert(
      fc.property(dialogs, ([flow, inputs]) => {
        let { state } = step(flow, begin(), { kind: 'begin' }, now)
        for (const input of inputs) state = step(flow, state, input, now).state
        if (state.phase === 'act' || state.phase === 'over') return
        const nonsense: Input = { kind: 'said', text: 'ъ', chosen: null, command: null, meant: null }
        const once = step(flow, state, nonsense, now)
        const twice = once.state.phase === 'over' ? once : step(flow, once.state, nonsense, now)
        expect(twice.effect).toMatchObject({ kind: 'hand-over' })
      }),
      { numRuns: 500 },
    )
  })

  test('comes to the same state when its log is played again', () => {
    fc.assert(
      fc.property(dialogs, ([flow, inputs]) => {
        const play = (log: readonly Input[]) =>
          log.reduce((state, input) => step(flow, state, input, now).state, begin())
        const log: Input[] = [{ kind: 'begin' }, ...inputs]
        expect(play(JSON.parse(JSON.stringify(log)))).toEqual(play(log))
      }),
      { numRuns: 300 },
    )
  })
})
