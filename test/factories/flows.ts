import fc from 'fast-check'
import type { Flow, FlowNode } from '../../contracts/flows.ts'
import type { Input, Result, Value } from '../../server/care/assistant/index.ts'

const words = (text: string) => ({ ru: `${text} ру`, en: `${text} en` })

const SLOTS: Flow['slots'] = {
  sum: { type: 'amount', minKopecks: 100, maxKopecks: 100_000 },
  day: { type: 'date', fromDays: 0, toDays: 7 },
  number: { type: 'phone' },
  agreed: { type: 'yes-no' },
  serial: { type: 'digits', length: 4 },
  story: { type: 'text', minLength: 1, maxLength: 200 },
  thing: { type: 'item', list: 'subscriptions' },
  word: { type: 'secret', maxLength: 60 },
}

/** Flows that may be published: silent steps lead forwards alone, heard ones anywhere, and each has a way forwards. */
export const aFlow: fc.Arbitrary<Flow> = fc.integer({ min: 2, max: 12 }).chain((size) =>
  fc.tuple(...Array.from({ length: size }, (_, at) => aNode(at, size))).map((made) => {
    const all: Record<string, FlowNode> = {
      ...Object.fromEntries(made.map((node, at) => [`n${at}`, node])),
      // Its facts may be spoken of and its list chosen from, wherever the dialog is.
      gate: {
        kind: 'do',
        ask: 'subscriptions',
        done: 'n0',
        declined: 'last',
        refused: 'last',
        failed: 'last',
      },
      last: { kind: 'hand-over', words: words('last'), queue: 'general', skill: null, urgent: false },
    }
    return { title: words('flow'), intents: [], start: 'gate', slots: SLOTS, nodes: reached(all) }
  }),
)

function aNode(at: number, size: number): fc.Arbitrary<FlowNode> {
  const name = (n: number) => (n >= size ? 'last' : `n${n}`)
  const forwards = fc.integer({ min: at + 1, max: size }).map(name)
  const anywhere = fc.integer({ min: 0, max: size }).map(name)
  const say = fc.constant(words(`node ${at} {subscriptionCount}`))
  return fc.oneof(
    fc.record({ kind: fc.constant('say' as const), words: say, next: forwards }),
    fc.record({
      kind: fc.constant('menu' as const),
      words: say,
      choices: fc
        .tuple(forwards, fc.array(anywhere, { maxLength: 4 }))
        .map(([first, more]) =>
          [first, ...more].map((next, place) => ({ title: words(`choice ${place}`), next })),
        ),
    }),
    fc.record({
      kind: fc.constant('ask' as const),
      words: say,
      slot: fc.constantFrom(...Object.keys(SLOTS)),
      again: say,
      next: forwards,
    }),
    fc.record({
      kind: fc.constant('do' as const),
      ask: fc.constant('subscriptions' as const),
      done: forwards,
      declined: forwards,
      refused: forwards,
      failed: forwards,
    }),
    fc.record({
      kind: fc.constant('do' as const),
      order: fc.constant({ kind: 'stop-content' as const, code: '{thing}' }),
      done: forwards,
      declined: anywhere,
      refused: forwards,
      failed: forwards,
    }),
    fc.record({
      kind: fc.constant('when' as const),
      cases: fc.tuple(forwards).map(([next]) => [{ fact: 'subscriptionCount', atLeast: 1, next }]),
      otherwise: forwards,
    }),
    fc.record({ kind: fc.constant('end' as const), words: say, done: fc.boolean() }),
  )
}

function reached(all: Readonly<Record<string, FlowNode>>): Record<string, FlowNode> {
  const kept: Record<string, FlowNode> = {}
  const open = ['gate']
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = all[id]
    if (kept[id] || !node) continue
    kept[id] = node
    open.push(...nextOf(node))
  }
  return kept
}

function nextOf(node: FlowNode): string[] {
  switch (node.kind) {
    case 'menu':
      return node.choices.map(({ next }) => next)
    case 'when':
      return [...node.cases.map(({ next }) => next), node.otherwise]
    case 'do':
      return [node.done, node.refused, node.failed, ...(node.declined === undefined ? [] : [node.declined])]
    case 'say':
    case 'ask':
      return [node.next]
    default:
      return []
  }
}

const THINGS = [
  { item: 'horoscope', title: words('Гороскоп') },
  { item: 'music', title: words('Музыка') },
]

const aResult: fc.Arbitrary<Result> = fc.constantFrom<Result>(
  { outcome: 'facts', facts: { subscriptionCount: 2 }, lists: { subscriptions: THINGS } },
  { outcome: 'facts', facts: { subscriptionCount: 0 }, lists: { subscriptions: [] } },
  { outcome: 'preview', effects: words('Отключим.'), digest: 'd' },
  { outcome: 'done' },
  { outcome: 'refused', reason: words('Нельзя') },
  { outcome: 'failed' },
  { outcome: 'prove' },
  { outcome: 'which-line', lines: THINGS },
  { outcome: 'code-sent', proofId: 'p' },
  { outcome: 'proved', lineId: null },
  { outcome: 'code-wrong' },
  { outcome: 'code-over' },
)

const aValue: fc.Arbitrary<Value> = fc.oneof(
  fc.boolean(),
  fc.string(),
  fc.constantFrom<Value>('79001234567', '1234', { day: '2026-11-25' }, ...THINGS),
  fc.integer().map((kopecks) => ({ kopecks })),
)

/** Inputs of every kind, most of them at the wrong moment. */
export const anInput: fc.Arbitrary<Input> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<Input>({ kind: 'begin' }, { kind: 'silence' }) },
  { weight: 4, arbitrary: aResult.map((result): Input => ({ kind: 'result', result })) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('said' as const),
      text: fc.option(fc.string()),
      chosen: fc.option(fc.integer({ min: 0, max: 9 })),
      command: fc.constantFrom(null, null, null, null, 'menu' as const),
      meant: fc.constantFrom(null, null, {
        verdict: 'half' as const,
        intent: 'balance',
        flow: 'other',
        title: words('Баланс'),
      }),
      value: aValue,
    }),
  },
)
