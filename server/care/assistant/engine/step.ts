import type { Flow, FlowNode, FlowWords, OrderTemplate } from '../../../../contracts/flows.ts'
import { PHRASES } from './phrases.ts'
import { rightValue } from './right-value.ts'
import type {
  Act,
  Beginning,
  DialogState,
  Effect,
  HandOverReason,
  Input,
  Item,
  Output,
  Result,
  Step,
} from './state.ts'
import { fillWords, namesIn, type Value } from './words.ts'

/** A published flow has no loop without a word heard; one that was not checked must not hang anybody. */
const MOST_NODES = 64
const PATH_KEPT = 60
const TRIED_KEPT = 20
/** After as many answers that were not understood a person goes on. */
const MOST_MISSES = 2
const GENERAL = 'general'
/** The flow that everybody comes to who says no more than hello. */
const MAIN = 'main'

type Said = Extract<Input, { kind: 'said' }>
type DoNode = Extract<FlowNode, { kind: 'do' }>

/** A step being taken: the state as it becomes, and what was said on the way. */
interface Going {
  readonly flow: Flow
  readonly now: Date
  readonly state: DialogState
  readonly outputs: readonly Output[]
}

/** The state before the first step. */
export function beginDialog({ flow, version, locale, facts, wanted }: Beginning): DialogState {
  return {
    flow,
    version,
    node: '',
    phase: 'begin',
    locale,
    turn: 0,
    slots: {},
    facts,
    lists: {},
    misses: 0,
    offered: [],
    path: [],
    wanted,
    tried: [],
    lineId: null,
    act: null,
    proofId: null,
    doubt: null,
  }
}

/**
 * One step of a dialog: pure, so that the same inputs always lead to the same state. What does not fit the moment changes nothing.
 * Always ends in waiting for something, with somebody of the staff, or at an end.
 */
export function step(flow: Flow, before: DialogState, input: Input, now: Date): Step {
  const state = { ...before, turn: before.turn + 1 }
  const going: Going = { flow, now, state, outputs: [] }
  if (state.phase === 'over') return still(before)
  if (state.phase === 'begin') return enter(going, flow.start)
  switch (input.kind) {
    case 'begin':
      return still(before)
    case 'silence':
      return state.phase === 'act' ? still(before) : miss(going)
    case 'result':
      return state.phase === 'act' ? takeResult(going, input.result) : still(before)
    case 'said':
      return hear(going, input)
  }
}

const still = (state: DialogState): Step => ({ state, outputs: [], effect: null })

/** What somebody says while something is being done is heard when it is done: the runner keeps the order. */
function hear(going: Going, said: Said): Step {
  const { phase } = going.state
  if (said.command === 'emergency') return handOver(say(going, PHRASES.emergency), 'emergency')
  if (said.command === 'person') return handOver(say(going, PHRASES.calling), 'asked')
  if (phase === 'act') return still(going.state)
  if (said.chosen !== null && said.chosen === going.state.offered.length)
    return handOver(say(going, PHRASES.calling), 'asked')
  switch (phase) {
    case 'confirm':
      return hearConfirmation(going, said)
    case 'doubt':
      return hearDoubt(going, said)
    case 'line':
      return hearLine(going, said)
    case 'number':
      return hearNumber(going, said)
    case 'code':
      return hearCode(going, said)
    default:
      return hearAtNode(going, said)
  }
}

function hearAtNode(going: Going, said: Said): Step {
  const node = going.flow.nodes[going.state.node]
  if (node?.kind === 'menu') {
    const choice = said.chosen === null ? undefined : node.choices[said.chosen]
    return choice ? enter(settled(going), choice.next) : elsewhere(going, said)
  }
  if (node?.kind !== 'ask') return handOver(going, 'failed')
  const slot = going.flow.slots[node.slot]
  const given = slot?.type === 'item' && said.chosen !== null ? going.state.offered[said.chosen] : said.value
  const value = slot && given !== undefined ? rightValue(slot, given, going.state, going.now) : undefined
  if (value === undefined) return elsewhere(going, said)
  const { state } = settled(going)
  return enter({ ...going, state: { ...state, slots: { ...state.slots, [node.slot]: value } } }, node.next)
}

/** It is no answer to what was asked. Perhaps it is something else that they want. */
function elsewhere(going: Going, { meant, command }: Said): Step {
  if (command === 'menu' || (meant?.verdict === 'sure' && meant.flow === MAIN)) return leave(going, MAIN)
  if (meant === null || meant.flow === going.state.flow) return miss(going)
  if (meant.verdict === 'sure') return leave(going, meant.flow)
  const asked = ask(
    { ...going, state: { ...going.state, doubt: meant } },
    {
      ru: PHRASES.doubt.ru.replace('{title}', meant.title.ru),
      en: PHRASES.doubt.en.replace('{title}', meant.title.en),
    },
    YES_NO,
  )
  return wait(asked, 'doubt')
}

function hearDoubt(going: Going, said: Said): Step {
  const { doubt } = going.state
  const answer = yesOrNo(said)
  if (answer === true && doubt) return leave(going, doubt.flow)
  const undoubted = { ...going, state: { ...going.state, doubt: null } }
  if (answer === undefined && said.meant?.verdict === 'sure') return leave(undoubted, said.meant.flow)
  return miss(undoubted)
}

const leave = (going: Going, flow: string): Step => finish(going, 'over', { kind: 'start', flow })

const YES_NO: readonly Item[] = [
  { item: 'yes', title: PHRASES.yes },
  { item: 'no', title: PHRASES.no },
]

function yesOrNo({ chosen, value }: Said): boolean | undefined {
  if (chosen === 0) return true
  if (chosen === 1) return false
  return typeof value === 'boolean' ? value : undefined
}

/** Not understood: said again, and the next time a person goes on. */
function miss(going: Going): Step {
  const misses = going.state.misses + 1
  if (misses >= MOST_MISSES) return handOver(say(going, PHRASES.calling), 'not-understood')
  const missed = { ...going, state: { ...going.state, misses } }
  const { phase, node } = going.state
  if (phase === 'number') return wait(ask(missed, PHRASES.numberAgain, []), phase)
  if (phase === 'code') return wait(ask(missed, PHRASES.codeAgain, [], true), phase)
  const at = going.flow.nodes[node]
  if (phase === 'line') return wait(ask(missed, PHRASES.line, going.state.offered), phase)
  if (phase === 'confirm') return wait(ask(missed, PHRASES.notUnderstood, YES_NO), phase)
  if (at?.kind === 'ask') return promptAsk(missed, at, at.again)
  if (at?.kind === 'menu') return promptMenu(say(missed, PHRASES.notUnderstoodFree), at)
  return handOver(going, 'failed')
}

/** Goes through nodes until something has to be waited for. */
function enter(from: Going, first: string): Step {
  let going = from
  let id = first
  for (let passed = 0; passed < MOST_NODES; passed++) {
    const node = going.flow.nodes[id]
    if (!node) return handOver(going, 'failed')
    going = at(going, id)
    switch (node.kind) {
      case 'say':
        going = say(going, node.words)
        id = node.next
        break
      case 'when':
        id = choose(going, node)
        break
      case 'move-to':
        going = say(going, node.words)
        id = node.next
        break
      case 'menu':
        return promptMenu(going, node)
      case 'ask':
        return promptAsk(going, node, node.words)
      case 'do':
        return begin(going, node)
      case 'go':
        return leave(going, node.flow)
      case 'call-back':
        return callBack(going, node)
      case 'hand-over':
        return handOver(say(going, node.words), 'flow', node)
      case 'end':
        return finish(say(going, node.words), 'over', { kind: 'end', done: node.done })
    }
  }
  return handOver(going, 'failed')
}

function at(going: Going, id: string): Going {
  const { state } = going
  const path = [...state.path.slice(1 - PATH_KEPT), `${state.flow}/${id}`]
  return { ...going, state: { ...state, node: id, path } }
}

function choose({ state }: Going, node: Extract<FlowNode, { kind: 'when' }>): string {
  const found = node.cases.find(({ fact, is, atLeast, below }) => {
    const value = plain(state.slots[fact] ?? state.facts[fact])
    if (value === undefined) return false
    if (is !== undefined && value !== is) return false
    if (atLeast !== undefined && !(typeof value === 'number' && value >= atLeast)) return false
    return below === undefined || (typeof value === 'number' && value < below)
  })
  return found?.next ?? node.otherwise
}

function plain(value: Value | undefined): string | number | boolean | undefined {
  if (value === undefined || typeof value !== 'object') return value
  if ('kopecks' in value) return value.kopecks
  if ('item' in value) return value.item
  return 'day' in value ? value.day : undefined
}

function promptMenu(going: Going, node: Extract<FlowNode, { kind: 'menu' }>): Step {
  const choices = node.choices.map(({ title, next }) => ({ item: next, title }))
  return wait(ask(going, node.words, choices), 'said')
}

function promptAsk(going: Going, node: Extract<FlowNode, { kind: 'ask' }>, words: FlowWords): Step {
  const slot = going.flow.slots[node.slot]
  const choices =
    slot?.type === 'item' ? (going.state.lists[slot.list] ?? []) : slot?.type === 'yes-no' ? YES_NO : []
  return wait(ask(going, words, choices, slot?.type === 'secret'), 'said')
}

/** The flow goes on where the call-back stands; its day is a slot that was asked for. */
function callBack(going: Going, node: Extract<FlowNode, { kind: 'call-back' }>): Step {
  const value = going.state.slots[node.at]
  const day = typeof value === 'object' && 'day' in value ? value.day : null
  if (day === null) return handOver(going, 'failed')
  const rest = enter(say(going, node.words), node.next)
  // One effect a step: what the flow would do after it is a person's, who has the task anyway.
  if (rest.effect !== null && rest.effect.kind !== 'end') return handOver(going, 'flow')
  return { ...rest, effect: { kind: 'call-back', day } }
}

// --- what is done

function begin(going: Going, node: DoNode): Step {
  if (node.ask) return act(going, { kind: 'ask', question: node.ask })
  if (node.order) {
    const request = fillOrder(going.state, node.order)
    return request ? act(going, { kind: 'preview', request }) : handOver(going, 'failed')
  }
  const number = node.lostSim && going.state.slots[node.lostSim.number]
  return typeof number === 'string'
    ? act(going, { kind: 'block-lost-sim', msisdn: number })
    : handOver(going, 'failed')
}

/** The order with its slots filled in; undefined: one of them is empty. */
function fillOrder({ slots }: DialogState, template: OrderTemplate): OrderTemplate | undefined {
  const filled: Record<string, unknown> = { ...template }
  for (const [key, part] of Object.entries(template)) {
    const [name] = typeof part === 'string' ? namesIn(part) : []
    if (name === undefined) continue
    const value = plain(slots[name])
    if (value === undefined) return undefined
    filled[key] = value
  }
  return { ...filled, kind: template.kind }
}

function act(going: Going, next: Act): Step {
  const state = { ...going.state, act: next }
  return finish({ ...going, state }, 'act', { kind: 'act', act: next, lineId: state.lineId })
}

function takeResult(going: Going, result: Result): Step {
  const { act: under } = going.state
  switch (result.outcome) {
    case 'prove':
      return wait(ask(going, PHRASES.number, []), 'number')
    case 'which-line':
      return wait(ask(going, PHRASES.line, result.lines), 'line')
    case 'code-sent':
      return wait(
        ask({ ...going, state: { ...going.state, proofId: result.proofId } }, PHRASES.code, [], true),
        'code',
      )
    case 'code-wrong':
      return miss({ ...going, state: { ...going.state, phase: 'code' } })
    case 'code-over':
      return unproved(going)
    case 'proved':
      return again({
        ...going,
        state: { ...going.state, lineId: result.lineId ?? going.state.lineId, proofId: null, misses: 0 },
      })
    case 'preview':
      return under?.kind === 'preview'
        ? confirmOrder(going, under.request, result)
        : handOver(going, 'failed')
    default:
      return goOn(going, result)
  }
}

/** What stood at the node is tried once more, now that it is known who asks, or about which line. */
function again(going: Going): Step {
  const node = going.flow.nodes[going.state.node]
  return node?.kind === 'do' ? begin(going, node) : handOver(going, 'failed')
}

function confirmOrder(
  going: Going,
  request: OrderTemplate,
  { effects, digest }: Extract<Result, { outcome: 'preview' }>,
): Step {
  const words = {
    ru: PHRASES.confirm.ru.replace('{effects}', effects.ru),
    en: PHRASES.confirm.en.replace('{effects}', effects.en),
  }
  const state: DialogState = { ...going.state, act: { kind: 'place', request, digest } }
  return wait(ask({ ...going, state }, words, YES_NO), 'confirm')
}

function hearConfirmation(going: Going, said: Said): Step {
  const answer = yesOrNo(said)
  const { act: asked } = going.state
  if (answer === undefined || asked === null) return elsewhere(going, said)
  if (answer) return act(settled(going), asked)
  return onwards(settled(going), 'declined')
}

function hearLine(going: Going, said: Said): Step {
  const chosen = said.chosen === null ? undefined : going.state.offered[said.chosen]
  if (!chosen) return elsewhere(going, said)
  const { state } = settled(going)
  return again({ ...going, state: { ...state, lineId: chosen.item } })
}

function hearNumber(going: Going, said: Said): Step {
  if (said.value === false) return unproved(going)
  const number =
    said.value === undefined ? undefined : rightValue({ type: 'phone' }, said.value, going.state, going.now)
  if (typeof number !== 'string') return elsewhere(going, said)
  return act(settled(going), { kind: 'send-code', msisdn: number })
}

/** Only that something of the right form was said is known here; what it was, the runner gives along. */
function hearCode(going: Going, said: Said): Step {
  const { proofId, act: sent } = going.state
  const number = sent?.kind === 'send-code' || sent?.kind === 'confirm-code' ? sent.msisdn : null
  if (said.value !== true || proofId === null || number === null) return elsewhere(going, said)
  return act(going, { kind: 'confirm-code', proofId, msisdn: number })
}

/** They could not or would not show who they are. */
function unproved(going: Going): Step {
  const node = going.flow.nodes[going.state.node]
  if (node?.kind === 'do' && node.declined !== undefined) return onwards(settled(going), 'declined')
  return handOver(say(going, PHRASES.calling), 'not-proved')
}

function goOn(
  going: Going,
  result: Extract<Result, { outcome: 'facts' | 'done' | 'refused' | 'failed' }>,
): Step {
  if (result.outcome === 'facts') {
    const { facts, lists } = going.state
    const state = {
      ...going.state,
      facts: { ...facts, ...result.facts },
      lists: { ...lists, ...result.lists },
    }
    return onwards({ ...going, state }, 'done')
  }
  if (result.outcome === 'refused') {
    const state = { ...going.state, facts: { ...going.state.facts, reason: result.reason } }
    return onwards({ ...going, state }, 'refused')
  }
  return onwards(going, result.outcome)
}

function onwards(going: Going, outcome: 'done' | 'declined' | 'refused' | 'failed'): Step {
  const node = going.flow.nodes[going.state.node]
  const tried = [...going.state.tried, { what: nameOf(going.state.act), outcome }].slice(-TRIED_KEPT)
  const state: DialogState = { ...going.state, act: null, tried }
  if (node?.kind !== 'do') return handOver({ ...going, state }, 'failed')
  return enter({ ...going, state }, (outcome === 'declined' ? node.declined : node[outcome]) ?? node.refused)
}

function nameOf(under: Act | null): string {
  if (under === null) return ''
  if (under.kind === 'ask') return under.question
  return under.kind === 'preview' || under.kind === 'place' ? under.request.kind : under.kind
}

// --- saying and waiting

function say(going: Going, words: FlowWords): Going {
  const { slots, facts, locale } = going.state
  const text = fillWords(words, locale, { ...facts, ...slots })
  if (text.trim() === '') return going
  return { ...going, outputs: [...going.outputs, { text, choices: [], secret: false }] }
}

function ask(going: Going, words: FlowWords, offered: readonly Item[], secret = false): Going {
  const { slots, facts, locale } = going.state
  const text = fillWords(words, locale, { ...facts, ...slots })
  const choices = offered.map(({ title }) => ({ title: title[locale] }))
  return {
    ...going,
    state: { ...going.state, offered },
    outputs: [...going.outputs, { text, choices, secret }],
  }
}

/** They were understood. */
const settled = (going: Going): Going => ({ ...going, state: { ...going.state, misses: 0, offered: [] } })

const wait = ({ state, outputs }: Going, phase: DialogState['phase']): Step => ({
  state: { ...state, phase },
  outputs,
  effect: null,
})

const finish = ({ state, outputs }: Going, phase: DialogState['phase'], effect: Effect): Step => ({
  state: { ...state, phase },
  outputs,
  effect,
})

function handOver(
  going: Going,
  why: HandOverReason,
  {
    queue = GENERAL,
    skill = null,
    urgent = false,
  }: { queue?: string; skill?: string | null; urgent?: boolean } = {},
): Step {
  return finish(going, 'over', {
    kind: 'hand-over',
    queue,
    skill,
    urgent: urgent || why === 'emergency',
    why,
  })
}
