import type { FlowNode } from './flows.ts'

/** A way on from a node; `name` is its place among choices or cases from 1, or which of the others it is. */
export interface Exit {
  readonly to: string
  /** Nobody goes this way without the person having been heard at the node. */
  readonly heard: boolean
  readonly name: string
}

const exit = (to: string, name: string, heard = false): Exit => ({ to, heard, name })

/** The ways on from a node; none: the dialog ends there, or goes on in another flow. */
export function exitsOf(node: FlowNode): Exit[] {
  switch (node.kind) {
    case 'menu':
      return node.choices.map(({ next }, place) => exit(next, String(place + 1), true))
    case 'ask':
      return [exit(node.next, 'next', true)]
    case 'when':
      return [
        ...node.cases.map(({ next }, place) => exit(next, String(place + 1))),
        exit(node.otherwise, 'otherwise'),
      ]
    case 'do': {
      // An order is confirmed before it is done; what cannot be done is told without.
      const confirmed = node.order !== undefined
      return [
        exit(node.done, 'done', confirmed),
        ...(node.declined === undefined ? [] : [exit(node.declined, 'declined', true)]),
        exit(node.refused, 'refused'),
        exit(node.failed, 'failed'),
      ]
    }
    case 'say':
    case 'call-back':
    case 'move-to':
      return [exit(node.next, 'next')]
    case 'go':
    case 'hand-over':
    case 'end':
      return []
  }
}
