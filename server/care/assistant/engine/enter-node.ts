import type { FlowNode, FlowWords } from '../../../../contracts/flows.ts'
import { beginAct } from './begin-act.ts'
import { ask, finish, type Going, handOver, leave, say, wait, YES_NO } from './going.ts'
import { rightValue } from './right-value.ts'
import type { Step } from './state.ts'
import { plain } from './words.ts'

/** A published flow has no loop without a word heard; one that was not checked must not hang anybody. */
const MOST_NODES = 64
const PATH_KEPT = 60

/** Goes through nodes until something has to be waited for. */
export function enter(from: Going, first: string): Step {
  let going = from
  let id = first
  for (let passed = 0; passed < MOST_NODES; passed++) {
    const node = going.flow.nodes[id]
    if (!node) return handOver(going, 'failed')
    going = at(going, id, node)
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
      case 'ask': {
        const filled = fillTold(going, node)
        if (!filled) return promptAsk(going, node, node.words)
        going = filled
        id = node.next
        break
      }
      case 'do':
        return beginAct(going, node)
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

function at(going: Going, id: string, node: FlowNode): Going {
  const { state } = going
  const path = [...state.path.slice(1 - PATH_KEPT), `${state.flow}/${id}`]
  const done = state.done || ('done' in node && node.done === true)
  return { ...going, state: { ...state, node: id, path, done }, way: [...going.way, id] }
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

/** The slot filled from what was told already, which is used once; undefined: it was not, or is not right there. */
function fillTold(going: Going, node: Extract<FlowNode, { kind: 'ask' }>): Going | undefined {
  const { flow, state, now } = going
  const slot = flow.slots[node.slot]
  if (slot?.type !== 'amount' && slot?.type !== 'date' && slot?.type !== 'phone') return undefined
  const { [slot.type]: told, ...rest } = state.told ?? {}
  const value = told === undefined ? undefined : rightValue(slot, told, state, now)
  if (value === undefined) return undefined
  return { ...going, state: { ...state, told: rest, slots: { ...state.slots, [node.slot]: value } } }
}

/** Says a menu and waits for what is chosen. */
export function promptMenu(going: Going, node: Extract<FlowNode, { kind: 'menu' }>): Step {
  const choices = node.choices.map(({ title, next }) => ({ item: next, title }))
  return wait(ask(going, node.words, choices), 'said')
}

/** Asks for a slot, in these words, and waits. */
export function promptAsk(going: Going, node: Extract<FlowNode, { kind: 'ask' }>, words: FlowWords): Step {
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
  const state = { ...rest.state, phase: 'over' as const, promised: true as const }
  return { ...rest, state, effect: { kind: 'call-back', day, msisdn: numberIn(going) } }
}

/** The number that somebody told in this flow. */
function numberIn({ flow, state }: Going): string | null {
  const told = Object.entries(state.slots).find(([name]) => flow.slots[name]?.type === 'phone')?.[1]
  return typeof told === 'string' ? told : null
}
