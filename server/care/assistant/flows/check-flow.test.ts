import { describe, expect, test } from 'vitest'
import type { Flow, FlowNode } from '../../../../contracts/flows.ts'
import { checkFlow } from './check-flow.ts'

const words = (ru: string, en = ru) => ({ ru, en })
const END: FlowNode = { kind: 'end', words: words('Всё'), done: true }
const say = (next: string, text = 'Скажу'): FlowNode => ({ kind: 'say', words: words(text), next })
const aFlow = (nodes: Flow['nodes'], part: Partial<Flow> = {}): Flow => ({
  title: words('Проба'),
  intents: [],
  start: 'one',
  slots: {},
  nodes,
  ...part,
})
const problems = (nodes: Flow['nodes'], part: Partial<Flow> = {}) =>
  checkFlow(aFlow(nodes, part), new Set(['main'])).map(({ node, problem, about }) =>
    `${node} ${problem} ${about ?? ''}`.trim(),
  )

describe('a flow', () => {
  test('that says something and ends may be published', () => {
    expect(problems({ one: say('two'), two: END })).toEqual([])
  })

  test('leads nowhere that there is not', () => {
    expect(problems({ one: say('nowhere') })).toEqual(['one unknown-node nowhere'])
    expect(problems({ one: { kind: 'go', flow: 'gone' } })).toEqual(['one unknown-flow gone'])
    expect(problems({ two: END }, {})).toEqual(['null unknown-node one', 'two unreachable'])
  })

  test('has no step that nobody comes to, and none from which there is no end', () => {
    expect(problems({ one: END, two: END })).toEqual(['two unreachable'])
    const menu: FlowNode = {
      kind: 'menu',
      words: words('Куда?'),
      choices: [{ title: words('Сюда'), next: 'one' }],
    }
    expect(problems({ one: menu })).toEqual(['one dead-end'])
  })

  test('goes round only past somebody who is heard', () => {
    const nodes: Flow['nodes'] = {
      one: { kind: 'when', cases: [{ fact: 'hour', below: 9, next: 'two' }], otherwise: 'end' },
      two: say('one'),
      end: END,
    }
    expect(problems(nodes)).toEqual(['one endless-loop', 'two endless-loop'])
    const choices = [
      { title: words('Ещё раз'), next: 'one' },
      { title: words('Всё'), next: 'end' },
    ]
    expect(
      problems({ one: say('two'), two: { kind: 'menu', words: words('Ещё?'), choices }, end: END }),
    ).toEqual([])
  })

  test('does not go round by an order that is refused: nobody is heard there', () => {
    const nodes: Flow['nodes'] = {
      one: { kind: 'do', order: { kind: 'stop-all-content' }, done: 'end', refused: 'one', failed: 'end' },
      end: END,
    }
    expect(problems(nodes)).toEqual(['one endless-loop'])
  })

  test('speaks both languages', () => {
    expect(problems({ one: { kind: 'end', words: { ru: 'Да', en: ' ' }, done: true } })).toEqual([
      'one missing-language',
    ])
  })

  test('has menus that one breath can say: five choices, 280 characters', () => {
    const menu = (count: number, title: string): FlowNode => ({
      kind: 'menu',
      words: words('Что?'),
      choices: Array.from({ length: count }, (_, at) => ({ title: words(`${title}${at}`), next: 'end' })),
    })
    expect(problems({ one: menu(5, 'Короткий '), end: END })).toEqual([])
    expect(problems({ one: menu(6, 'Короткий '), end: END })).toEqual(['one not-speakable'])
    expect(problems({ one: menu(3, 'д'.repeat(95)), end: END })).toEqual(['one not-speakable'])
  })

  test('speaks of what it knows, and never of a secret', () => {
    expect(problems({ one: { kind: 'end', words: words('{balance}'), done: true } })).toEqual([
      'one unknown-fact balance',
    ])
    const asks: Flow['nodes'] = {
      one: { kind: 'do', ask: 'line', done: 'end', refused: 'end', failed: 'end' },
      end: { kind: 'end', words: words('{balance}'), done: true },
    }
    expect(problems(asks)).toEqual([])
    const secret: Flow['nodes'] = {
      one: { kind: 'ask', words: words('Слово?'), slot: 'word', again: words('Ещё раз'), next: 'end' },
      end: { kind: 'end', words: words('{word}'), done: true },
    }
    expect(problems(secret, { slots: { word: { type: 'secret', maxLength: 60 } } })).toEqual([
      'end unknown-fact word',
    ])
  })

  test('calls on a day, and blocks a lost SIM by a number and a word that is kept secret', () => {
    const call: Flow['nodes'] = {
      one: { kind: 'call-back', words: words('Позвоним'), at: 'when', next: 'end' },
      end: END,
    }
    const slots: Flow['slots'] = {
      when: { type: 'text', minLength: 1, maxLength: 60 },
      number: { type: 'phone' },
    }
    expect(problems(call, { slots })).toEqual(['one slot-kind when'])
    const lost: Flow['nodes'] = {
      one: {
        kind: 'do',
        lostSim: { number: 'number', word: 'when' },
        done: 'end',
        refused: 'end',
        failed: 'end',
      },
      end: END,
    }
    expect(problems(lost, { slots })).toEqual(['one slot-kind when'])
    expect(problems(lost, { slots: { ...slots, when: { type: 'secret', maxLength: 60 } } })).toEqual([])
  })

  test('orders what there is, with slots that fit', () => {
    const order = (parts: { kind: 'promised-payment' } & Record<string, unknown>): Flow['nodes'] => ({
      one: { kind: 'do', order: parts, done: 'end', refused: 'end', failed: 'end' },
      end: END,
    })
    const slots: Flow['slots'] = { sum: { type: 'amount', minKopecks: 100, maxKopecks: 50_000 } }
    expect(problems(order({ kind: 'promised-payment', amountKopecks: '{sum}' }), { slots })).toEqual([])
    expect(problems(order({ kind: 'promised-payment', amountKopecks: '{other}' }), { slots })).toEqual([
      'one unknown-slot other',
      'one unknown-order promised-payment',
    ])
    expect(problems(order({ kind: 'promised-payment' }))).toEqual(['one unknown-order promised-payment'])
    expect(problems({ one: { kind: 'do', done: 'end', refused: 'end', failed: 'end' }, end: END })).toEqual([
      'one no-act',
    ])
  })
})
