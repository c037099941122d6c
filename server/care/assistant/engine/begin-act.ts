import type { FlowNode, OrderTemplate } from '../../../../contracts/flows.ts'
import { finish, type Going, handOver } from './going.ts'
import type { Act, DialogState, Step } from './state.ts'
import { namesIn, plain } from './words.ts'

type DoNode = Extract<FlowNode, { kind: 'do' }>

/** Does what stands at the node; what a slot that is empty should have filled cannot be done. */
export function beginAct(going: Going, node: DoNode): Step {
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

/** What stood at the node is tried once more, now that it is known who asks, or about which line. */
export function again(going: Going): Step {
  const node = going.flow.nodes[going.state.node]
  return node?.kind === 'do' ? beginAct(going, node) : handOver(going, 'failed')
}

/** What is done outside; the dialog waits for what comes of it. */
export function act(going: Going, next: Act): Step {
  const state = { ...going.state, act: next }
  return finish({ ...going, state }, 'act', { kind: 'act', act: next, lineId: state.lineId })
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
