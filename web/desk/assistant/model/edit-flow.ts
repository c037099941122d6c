import { exitsOf } from '../../../../contracts/flow-exits.ts'
import type { Flow, FlowNode, FlowWords, Slot } from '../../../../contracts/flows.ts'
import { blankNode } from './blank-node.ts'

type Kind = FlowNode['kind']
type Nodes = Flow['nodes']

const mapNodes = (flow: Flow, by: (node: FlowNode) => FlowNode): Nodes =>
  Object.fromEntries(Object.entries(flow.nodes).map(([id, node]) => [id, by(node)]))

/** A node with one of its ways on leading elsewhere; names as in `exitsOf`. */
export function leadTo(node: FlowNode, exit: string, to: string): FlowNode {
  const at = Number(exit) - 1
  switch (node.kind) {
    case 'menu':
      return {
        ...node,
        choices: node.choices.map((one, place) => (place === at ? { ...one, next: to } : one)),
      }
    case 'when':
      if (exit === 'otherwise') return { ...node, otherwise: to }
      return { ...node, cases: node.cases.map((one, place) => (place === at ? { ...one, next: to } : one)) }
    case 'do':
      return exit === 'done' || exit === 'declined' || exit === 'refused' || exit === 'failed'
        ? { ...node, [exit]: to }
        : node
    case 'say':
    case 'ask':
    case 'call-back':
    case 'move-to':
      return { ...node, next: to }
    default:
      return node
  }
}

const leadAll = (node: FlowNode, from: string, to: string): FlowNode =>
  exitsOf(node).reduce((changed, exit) => (exit.to === from ? leadTo(changed, exit.name, to) : changed), node)

export const putNode = (flow: Flow, id: string, node: FlowNode): Flow => ({
  ...flow,
  nodes: { ...flow.nodes, [id]: node },
})

export function connect(flow: Flow, id: string, exit: string, to: string): Flow {
  const node = flow.nodes[id]
  return node ? putNode(flow, id, leadTo(node, exit, to)) : flow
}

/** Under another name everywhere; the order of nodes stays. The same flow when the name is taken. */
export function renameNode(flow: Flow, from: string, to: string): Flow {
  if (from === to || flow.nodes[to] || !flow.nodes[from]) return flow
  const nodes = Object.fromEntries(
    Object.entries(flow.nodes).map(([id, node]) => [id === from ? to : id, leadAll(node, from, to)]),
  )
  return { ...flow, start: flow.start === from ? to : flow.start, nodes }
}

/** Ways to it lead on to where it led itself first; to where it was, when it led nowhere: the checks then say so. */
export function removeNode(flow: Flow, id: string): Flow {
  const gone = flow.nodes[id]
  if (!gone) return flow
  const heir = exitsOf(gone).find(({ to }) => to !== id)?.to
  const { [id]: _gone, ...rest } = flow.nodes
  if (heir === undefined) return { ...flow, nodes: rest }
  const start = flow.start === id ? heir : flow.start
  return { ...flow, start, nodes: mapNodes({ ...flow, nodes: rest }, (node) => leadAll(node, id, heir)) }
}

/** A name that no node has yet. */
export function freeName(flow: Flow, kind: Kind): string {
  if (!flow.nodes[kind]) return kind
  let number = 2
  while (flow.nodes[`${kind}-${number}`]) number++
  return `${kind}-${number}`
}

/** A new node on the way out of another: it leads on to where the way led. */
export function insertNode(
  flow: Flow,
  after: { readonly id: string; readonly exit: string },
  kind: Kind,
): { readonly flow: Flow; readonly id: string } {
  const before = flow.nodes[after.id]
  const old = before && exitsOf(before).find(({ name }) => name === after.exit)
  const id = freeName(flow, kind)
  if (!old) return { flow: putNode(flow, id, blankNode(kind, id)), id }
  return { flow: connect(putNode(flow, id, blankNode(kind, old.to)), after.id, after.exit, id), id }
}

export const putSlot = (flow: Flow, name: string, slot: Slot): Flow => ({
  ...flow,
  slots: { ...flow.slots, [name]: slot },
})

export function removeSlot(flow: Flow, name: string): Flow {
  const { [name]: _gone, ...slots } = flow.slots
  return { ...flow, slots }
}

/** A name that no slot has yet. */
export function freeSlotName(flow: Flow): string {
  let number = 1
  while (flow.slots[`slot${number}`]) number++
  return `slot${number}`
}

/** Under another name wherever it is spoken of. The same flow when the name is taken. */
export function renameSlot(flow: Flow, from: string, to: string): Flow {
  if (from === to || flow.slots[to] || !flow.slots[from]) return flow
  const slots = Object.fromEntries(
    Object.entries(flow.slots).map(([name, slot]) => [name === from ? to : name, slot]),
  )
  return { ...flow, slots, nodes: mapNodes(flow, (node) => withSlot(node, from, to)) }
}

function withSlot(node: FlowNode, from: string, to: string): FlowNode {
  const name = (one: string) => (one === from ? to : one)
  const text = (one: string) => one.replaceAll(`{${from}}`, `{${to}}`)
  const words = ({ ru, en }: FlowWords): FlowWords => ({ ru: text(ru), en: text(en) })
  switch (node.kind) {
    case 'menu': {
      const choices = node.choices.map((one) => ({ ...one, title: words(one.title) }))
      return { ...node, words: words(node.words), choices }
    }
    case 'ask':
      return { ...node, words: words(node.words), again: words(node.again), slot: name(node.slot) }
    case 'call-back':
      return { ...node, words: words(node.words), at: name(node.at) }
    case 'when':
      return { ...node, cases: node.cases.map((one) => ({ ...one, fact: name(one.fact) })) }
    case 'do': {
      const { order, lostSim } = node
      const parts =
        order &&
        Object.entries(order).map(([key, part]) => [key, typeof part === 'string' ? text(part) : part])
      return {
        ...node,
        ...(order && parts && { order: { ...Object.fromEntries(parts), kind: order.kind } }),
        ...(lostSim && { lostSim: { number: name(lostSim.number), word: name(lostSim.word) } }),
      }
    }
    case 'go':
      return node
    default:
      return { ...node, words: words(node.words) }
  }
}
