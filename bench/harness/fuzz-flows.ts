import {
  beginDialog,
  type DialogState,
  FIRST_FLOWS,
  type Input,
  listen,
  type Meaning,
  plainUnderstanding,
  type Result,
  readChoice,
  readFirstFlow,
  renderChat,
  renderVoice,
  type Step,
  step,
  summarise,
} from '../../server/care/assistant/index.ts'

export interface FuzzOptions {
  readonly ms: number
  /** Absent: no longer than `ms`. */
  readonly mostMs?: number
  readonly seed: number
}

export interface Fuzzed {
  readonly dialogs: number
  readonly steps: number
  /** Dialogs that ended with somebody of the staff, at an end, and that were let go in the middle. */
  readonly endings: Readonly<Record<'people' | 'end' | 'middle', number>>
  /** Nodes of the flows that were come to, of those that there are. */
  readonly nodes: { readonly reached: number; readonly all: number; readonly missed: readonly string[] }
}

type Flow = ReturnType<typeof readFirstFlow>

const NOW = new Date('2026-11-26T09:00:00Z')
const MOST_STEPS = 60
/** Inputs that are no answer before somebody must have been called, whatever the dialog was at: act, question, card. */
const MOST_NONSENSE = 4
const FLOWS = new Map<string, Flow>(FIRST_FLOWS.map((key) => [key, readFirstFlow(key)]))
const { read } = plainUnderstanding('RU')
const DOORS = [null, { max: 3, payloadMaxBytes: 64 }, { max: 30, payloadMaxBytes: 64 }]

/** Chance that can be had again: mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Chance = () => number
const among = <T>(chance: Chance, all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T

const SAID = [
  ...[
    'да',
    'нет',
    'Да',
    'no',
    '1',
    '2',
    '3',
    '0',
    '9',
    '99',
    '100',
    '100 рублей',
    '5000 ₽',
    '-5',
    '1e9',
    '½',
  ],
  ...[
    '8 900 000-01-01',
    '+7 900 000-01-01',
    '79000000101',
    '123456',
    '12 34 56',
    '000000',
    'завтра',
    '31.02',
  ],
  ...['Отключить', 'Кино', 'Horoscope', 'назад', 'меню', 'привет', 'сколько осталось', 'ёлки', 'ЗАПРЕТИТЬ'],
  ...[
    '',
    ' ',
    '\n\n',
    '\u0000',
    '\u202eabc',
    '🎉🎉',
    'a\u0301',
    '{balance}',
    '{constructor}',
    '__proto__',
    '%s',
  ],
  ...[
    '<script>alert(1)</script>',
    "'; drop table assistant.dialog; --",
    'х'.repeat(4000),
    '٣٤٥',
    'NaN',
    'null',
  ],
]

const LETTERS = [...'абвгдежзийклмнопрстуфхцчшщъыьэюяabc0123456789 .,-!?{}"\'\n\t🎈']

function someText(chance: Chance): string {
  if (chance() < 0.7) return among(chance, SAID)
  return Array.from({ length: Math.floor(chance() * 60) }, () => among(chance, LETTERS)).join('')
}

const word = (text: string) => ({ ru: text, en: text })
const items = (chance: Chance) =>
  Array.from({ length: Math.floor(chance() * 13) }, (_, place) => ({
    item: `item-${place}`,
    title: word(
      among(chance, ['Кино', 'Гороскоп', 'Да', '1', 'Очень длинное название '.repeat(8), `№ ${place}`]),
    ),
  }))

/** What the edge might say, fit for the moment or not. */
function someResult(chance: Chance): Result {
  return among<() => Result>(chance, [
    () => ({
      outcome: 'facts',
      facts: {
        balance: { kopecks: Math.floor(chance() * 1e7) - 1e6 },
        balanceKopecks: Math.floor(chance() * 1e7) - 1e6,
        lineState: among(chance, ['active', 'suspended', 'blocked', 'ended']),
        dataUsedUp: among(chance, [true, false]),
        left: word('Осталось: 5 ГБ.'),
        subscriptionCount: Math.floor(chance() * 4),
        subscriptionNames: word(someText(chance)),
        optionCount: Math.floor(chance() * 3),
        roamingCount: Math.floor(chance() * 3),
        tariffCount: Math.floor(chance() * 3),
      },
      lists: {
        subscriptions: items(chance),
        options: items(chance),
        availableOptions: items(chance),
        roamingOptions: items(chance),
        tariffs: items(chance),
      },
    }),
    () => ({ outcome: 'facts', facts: {}, lists: {} }),
    () => ({ outcome: 'preview', effects: word('Отключу.'), digest: 'd' }),
    () => ({ outcome: 'done' }),
    () => ({ outcome: 'refused', reason: word(someText(chance)) }),
    () => ({ outcome: 'failed' }),
    () => ({ outcome: 'prove' }),
    () => ({ outcome: 'which-line', lines: items(chance) }),
    () => ({ outcome: 'code-sent', proofId: 'p' }),
    () => ({ outcome: 'proved', lineId: chance() < 0.5 ? null : 'line' }),
    () => ({ outcome: 'code-wrong' }),
    () => ({ outcome: 'code-over' }),
  ])()
}

function someMeaning(chance: Chance): Meaning | null {
  if (chance() < 0.6) return null
  const flow = among(chance, [...FIRST_FLOWS, 'no-such-flow'])
  return { verdict: chance() < 0.5 ? 'sure' : 'half', intent: flow, flow, title: word(flow) }
}

/** Anything: words through the listener, results at the wrong moment, silence, a raw input that no listener would give. */
function someInput(chance: Chance, flow: Flow, state: DialogState): Input {
  const at = chance()
  if (state.phase === 'act' ? at < 0.85 : at < 0.1) return { kind: 'result', result: someResult(chance) }
  if (at < 0.15) return among<Input>(chance, [{ kind: 'begin' }, { kind: 'silence' }])
  if (at < 0.3)
    return {
      kind: 'said',
      text: chance() < 0.2 ? null : someText(chance),
      chosen: chance() < 0.5 ? null : Math.floor(chance() * 14) - 1,
      command: among(chance, [null, null, null, null, null, 'menu']),
      meant: someMeaning(chance),
      ...(chance() < 0.5 && {
        value: among(chance, [true, false, 'x', 7, { kopecks: 1e4 }, { day: '2026-11-27' }, word('x')]),
      }),
    }
  const choices = state.offered.length + 1
  const choice = chance() < 0.4 ? `a${state.turn}.${Math.floor(chance() * choices)}` : null
  const ears = { read, meaning: () => someMeaning(chance), choose: readChoice }
  return listen(flow, state, { text: someText(chance), choice }, ears, NOW)
}

class Broken extends Error {}

/**
 * Random inputs of every kind to every shipped flow, for as long as given, following where flows lead; on up to `mostMs` while there are nodes
 * that no dialog has come to, for a busy machine walks less in the same time. Throws on the first dialog that gets stuck, throws, or has no way
 * to a person, with the seed that shows it again.
 */
export function fuzzFlows({ ms, mostMs = ms, seed }: FuzzOptions): Fuzzed {
  const began = performance.now()
  const all = [...FLOWS].flatMap(([key, { nodes }]) => Object.keys(nodes).map((node) => `${key}/${node}`))
  const endings = { people: 0, end: 0, middle: 0 }
  const reached = new Set<string>()
  let [dialogs, steps] = [0, 0]
  const goesOn = () => performance.now() - began < (all.every((node) => reached.has(node)) ? ms : mostMs)
  while (dialogs < FIRST_FLOWS.length || goesOn()) {
    const one = seed + dialogs
    const key = FIRST_FLOWS[dialogs % FIRST_FLOWS.length] ?? 'main'
    try {
      const { ending, taken } = fuzzOne(chanceOf(one), key, reached)
      endings[ending]++
      steps += taken
    } catch (error) {
      throw new Error(`flow ${key}, seed ${one}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    }
    dialogs++
  }
  const missed = all.filter((node) => !reached.has(node))
  return { dialogs, steps, endings, nodes: { reached: reached.size, all: all.length, missed } }
}

interface Begun {
  readonly flow: Flow
  readonly last: Step
}

function begin(key: string, chance: Chance, turn = 0): Begun | undefined {
  const flow = FLOWS.get(key)
  if (!flow) return undefined
  const facts = {
    channel: 'max',
    trust: Math.floor(chance() * 5),
    signedIn: false,
    hour: 12,
    topUpLink: 'https://my.example',
    marketLink: 'https://my.example',
  }
  const locale = chance() < 0.5 ? 'ru' : 'en'
  const began = { ...beginDialog({ flow: key, version: 1, locale, facts, wanted: someText(chance) }), turn }
  return { flow, last: step(flow, began, { kind: 'begin' }, NOW) }
}

function fuzzOne(
  chance: Chance,
  key: string,
  reached: Set<string>,
): { ending: keyof Fuzzed['endings']; taken: number } {
  const first = begin(key, chance)
  if (!first) throw new Broken('there is no such flow')
  let at: Begun = first
  for (let taken = 1; taken <= MOST_STEPS; taken++) {
    const { flow, last } = at
    for (const node of last.state.path) reached.add(node)
    check(flow, last, chance)
    const { effect, state } = last
    if (effect?.kind === 'hand-over' || effect?.kind === 'call-back') return { ending: 'people', taken }
    if (effect?.kind === 'end') return { ending: 'end', taken }
    if (effect?.kind === 'start') {
      const next = begin(effect.flow, chance, state.turn)
      // The runner calls a person where a flow that is led to is not in force.
      if (!next) return { ending: 'people', taken }
      at = next
      continue
    }
    at = { flow, last: step(flow, state, someInput(chance, flow, state), NOW) }
  }
  return { ending: 'middle', taken: MOST_STEPS }
}

/** What must be true of a dialog after every step. */
function check(flow: Flow, { state, outputs, effect }: Step, chance: Chance): void {
  const hears = state.phase !== 'over' && state.phase !== 'act'
  if (state.phase === 'begin') throw new Broken('it does not begin')
  if (state.phase === 'act' && state.act === null) throw new Broken('it waits for nothing')
  if (state.phase === 'over' && effect === null && outputs.length > 0)
    throw new Broken('it ends without saying how')
  const door = among(chance, DOORS)
  const chat = renderChat(state, outputs, { buttons: door })
  if (hears && outputs.length > 0 && !chat) throw new Broken('nothing is said, and something is waited for')
  if (door && chat && chat.buttons.length > door.max) throw new Broken('more buttons than the door carries')
  const { keys } = renderVoice(state, outputs)
  if (hears && Object.keys(keys).length > 0 && keys[0] !== state.offered.length)
    throw new Broken('0 calls nobody')
  summarise(flow, state, 'asked')
  if (JSON.stringify(state).length > 200_000) throw new Broken('the state grows without bound')
  if (state.phase === 'over') return
  checkPerson(flow, state)
}

/** One word, the last choice, or nonsense for a while: each leads to a person. */
function checkPerson(flow: Flow, state: DialogState): void {
  const said = { kind: 'said', text: 'x', chosen: null, command: null, meant: null } as const
  const called = step(flow, state, { ...said, command: 'person' }, NOW)
  if (called.effect?.kind !== 'hand-over') throw new Broken(`no person is called at ${state.node}`)
  if (step(flow, state, { ...said, command: 'emergency' }, NOW).effect?.kind !== 'hand-over')
    throw new Broken(`an emergency is not heard at ${state.node}`)
  if (state.phase === 'act') return
  const chosen = step(flow, state, { ...said, chosen: state.offered.length }, NOW)
  if (chosen.effect?.kind !== 'hand-over') throw new Broken(`the last choice calls nobody at ${state.node}`)
  let last = state
  for (let times = 0; times < MOST_NONSENSE; times++) {
    const { state: next, effect } = step(flow, last, { kind: 'silence' }, NOW)
    if (effect?.kind === 'hand-over') return
    last = next
  }
  throw new Broken(`nonsense leads to nobody at ${state.node}`)
}
