import { type Exit, exitsOf } from '../../../../contracts/flow-exits.ts'
import {
  FIRST_FACTS,
  type Flow,
  type FlowNode,
  type FlowProblem,
  type FlowWords,
  QUESTIONS,
  type Slot,
} from '../../../../contracts/flows.ts'
import { OrderRequest } from '../../../../contracts/orders.ts'
import { namesIn } from '../engine/words.ts'

/** What one breath holds: see `docs/decisions/0025-dialogs-as-data.md`. */
const BREATH = { choices: 5, characters: 280 } as const

type Code = FlowProblem['problem']
const problem = (code: Code, node: string | null, about: string | null = null): FlowProblem => ({
  node,
  problem: code,
  about,
})

/**
 * What keeps a flow from being published, in the order of its nodes; empty: nothing does. A way to a person needs no edge: it is open at
 * every moment at which the person is heard.
 * @param flows keys of the flows that there are
 */
export function checkFlow(flow: Flow, flows: ReadonlySet<string>): FlowProblem[] {
  const named = Object.entries(flow.nodes)
  const lost = named.flatMap(([id, node]) =>
    node.kind === 'go' && !flows.has(node.flow) ? [problem('unknown-flow', id, node.flow)] : [],
  )
  return [
    ...checkShape(flow),
    ...lost,
    ...named.flatMap(([id, node]) => [...checkNode(flow, id, node), ...checkWords(flow, id, node)]),
    ...checkPaths(flow),
  ]
}

function checkShape(flow: Flow): FlowProblem[] {
  const ranges = Object.entries(flow.slots).flatMap(([name, slot]) => {
    const wrong =
      (slot.type === 'amount' && slot.minKopecks > slot.maxKopecks) ||
      (slot.type === 'date' && slot.fromDays > slot.toDays) ||
      (slot.type === 'text' && slot.minLength > slot.maxLength)
    return wrong ? [problem('slot-range', null, name)] : []
  })
  const start = flow.nodes[flow.start] ? [] : [problem('unknown-node', null, flow.start)]
  return [...start, ...ranges, ...(isSaid(flow.title) ? [] : [problem('missing-language', null, 'title')])]
}

function checkNode(flow: Flow, id: string, node: FlowNode): FlowProblem[] {
  const gone = exitsOf(node).flatMap(({ to }) => (flow.nodes[to] ? [] : [problem('unknown-node', id, to)]))
  switch (node.kind) {
    case 'ask':
      return [...gone, ...checkSlot(flow, id, node.slot)]
    case 'call-back':
      return [...gone, ...checkSlot(flow, id, node.at, 'date')]
    case 'do':
      return [...gone, ...checkAct(flow, id, node)]
    case 'when':
      return [
        ...gone,
        ...node.cases.flatMap(({ fact }) =>
          knownNames(flow).has(fact) ? [] : [problem('unknown-fact', id, fact)],
        ),
      ]
    case 'menu':
      return [...gone, ...checkBreath(id, node)]
    default:
      return gone
  }
}

/** @param type what the slot must hold; undefined: anything */
function checkSlot(flow: Flow, id: string, name: string, type?: Slot['type']): FlowProblem[] {
  const slot = flow.slots[name]
  if (!slot) return [problem('unknown-slot', id, name)]
  if (type !== undefined && slot.type !== type) return [problem('slot-kind', id, name)]
  if (slot.type === 'item' && !knownLists(flow).has(slot.list))
    return [problem('unknown-list', id, slot.list)]
  return []
}

function checkAct(flow: Flow, id: string, node: Extract<FlowNode, { kind: 'do' }>): FlowProblem[] {
  const acts = [node.ask, node.order, node.lostSim].filter((act) => act !== undefined)
  if (acts.length !== 1) return [problem('no-act', id)]
  if (node.lostSim)
    return [
      ...checkSlot(flow, id, node.lostSim.number, 'phone'),
      // A code word that is no secret would stand in the log and in the chat.
      ...checkSlot(flow, id, node.lostSim.word, 'secret'),
    ]
  if (!node.order) return []
  const named = Object.values(node.order).flatMap((part) => (typeof part === 'string' ? namesIn(part) : []))
  const unknown = named.filter((name) => !flow.slots[name]).map((name) => problem('unknown-slot', id, name))
  return [...unknown, ...(fits(flow, node.order) ? [] : [problem('unknown-order', id, node.order.kind)])]
}

/** Would the order be one, with the right values in its slots? */
function fits(flow: Flow, template: Readonly<Record<string, unknown>>): boolean {
  const filled = Object.fromEntries(
    Object.entries(template).map(([key, part]) => {
      const [name] = typeof part === 'string' ? namesIn(part) : []
      return [key, name === undefined ? part : sampleOf(flow, name)]
    }),
  )
  return OrderRequest.safeParse(filled).success
}

function sampleOf(flow: Flow, name: string): unknown {
  const slot = flow.slots[name]
  if (slot?.type === 'amount') return Math.max(1, slot.minKopecks)
  if (slot?.type === 'phone') return '79000000001'
  return 'sample'
}

/** A menu is said as a whole before anybody can answer: its words, its choices, and the way to a person. */
function checkBreath(id: string, node: Extract<FlowNode, { kind: 'menu' }>): FlowProblem[] {
  const tooMany = node.choices.length > BREATH.choices
  const tooLong = (['ru', 'en'] as const).some((locale) => {
    const said = [node.words[locale], ...node.choices.map(({ title }) => title[locale])]
    return said.join(' ').length > BREATH.characters
  })
  return tooMany || tooLong ? [problem('not-speakable', id)] : []
}

const isSaid = ({ ru, en }: FlowWords): boolean => ru.trim() !== '' && en.trim() !== ''

function checkWords(flow: Flow, id: string, node: FlowNode): FlowProblem[] {
  const known = knownNames(flow)
  return wordsOf(node).flatMap((words) => {
    const silent = isSaid(words) ? [] : [problem('missing-language', id)]
    const names = new Set([...namesIn(words.ru), ...namesIn(words.en)])
    const unknown = [...names].filter((name) => !known.has(name) || flow.slots[name]?.type === 'secret')
    return [...silent, ...unknown.map((name) => problem('unknown-fact', id, name))]
  })
}

function wordsOf(node: FlowNode): FlowWords[] {
  if (node.kind === 'menu') return [node.words, ...node.choices.map(({ title }) => title)]
  if (node.kind === 'ask') return [node.words, node.again]
  return 'words' in node ? [node.words] : []
}

const questionsOf = (flow: Flow) =>
  Object.values(flow.nodes).flatMap((node) => (node.kind === 'do' && node.ask ? [QUESTIONS[node.ask]] : []))

function knownNames(flow: Flow): ReadonlySet<string> {
  return new Set<string>([
    ...FIRST_FACTS,
    ...Object.keys(flow.slots),
    ...questionsOf(flow).flatMap(({ facts }) => facts),
  ])
}

const knownLists = (flow: Flow): ReadonlySet<string> =>
  new Set<string>(questionsOf(flow).flatMap(({ lists }) => lists))

function checkPaths(flow: Flow): FlowProblem[] {
  const exits = new Map<string, readonly Exit[]>(
    Object.entries(flow.nodes).map(([id, node]) => [id, exitsOf(node).filter(({ to }) => flow.nodes[to])]),
  )
  const reached = reachable([flow.start], (id) => (exits.get(id) ?? []).map(({ to }) => to))
  const back = new Map<string, string[]>()
  for (const [id, list] of exits) for (const { to } of list) back.set(to, [...(back.get(to) ?? []), id])
  const terminals = [...exits].filter(([, list]) => list.length === 0).map(([id]) => id)
  const ending = reachable(terminals, (id) => back.get(id) ?? [])
  return Object.keys(flow.nodes).flatMap((id) => [
    ...(reached.has(id) ? [] : [problem('unreachable', id)]),
    ...(ending.has(id) ? [] : [problem('dead-end', id)]),
    ...(isInSilentLoop(id, exits) ? [problem('endless-loop', id)] : []),
  ])
}

function reachable(from: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...next(id))
  }
  return seen
}

/** Can it come back to itself without anybody having been heard in between? */
function isInSilentLoop(id: string, exits: ReadonlyMap<string, readonly Exit[]>): boolean {
  const silent = (at: string) => (exits.get(at) ?? []).filter(({ heard }) => !heard).map(({ to }) => to)
  return reachable(silent(id), silent).has(id)
}
