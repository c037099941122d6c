import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre'
import type { Flow } from '../../../../contracts/flows.ts'
import { type Describing, describeNode, waysOf } from './describe-node.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A step with its place: the middle of its card. */
export interface PlacedNode extends Point {
  readonly id: string
  readonly height: number
}

/** A way from a step to another, with the line that it takes. */
export interface PlacedWay {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly exits: readonly string[]
  readonly name: string
  readonly points: readonly Point[]
  readonly label: Point | null
}

export interface Placed {
  /** Which way it goes on. */
  readonly direction: Direction
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly ways: readonly PlacedWay[]
}

type Direction = 'LR' | 'TB'

export const CARD_WIDTH = 224
const CARD = { head: 34, line: 18, foot: 10, most: 3, letters: 29 } as const
const LABEL = { letter: 6.2, padding: 14, height: 20, most: 26 } as const
const GAPS = { nodesep: 24, ranksep: 36, edgesep: 14, marginx: 24, marginy: 24 } as const

/** How high a card is that says so much. */
export function cardHeight(text: string): number {
  const lines = text === '' ? 0 : Math.min(CARD.most, Math.ceil(text.length / CARD.letters))
  return CARD.head + lines * CARD.line + (lines > 0 ? CARD.foot : 4)
}

/** A name that fits on a line. */
export const clipName = (name: string): string =>
  name.length <= LABEL.most ? name : `${name.slice(0, LABEL.most - 1)}…`

/** About the shape of the place that it is drawn in. */
const BOX = { width: 1000, height: 780 } as const

/**
 * Puts steps and ways where they are drawn: from left to right or from above, whichever is read at a larger size. Ways to steps that there
 * are not are left out.
 * @param figures whether figures stand on the ways: they need a line more
 */
export function layOut(flow: Flow, describing: Describing, figures: boolean): Placed {
  const across = placedIn('LR', flow, describing, figures)
  const down = placedIn('TB', flow, describing, figures)
  const size = ({ width, height }: Placed) => Math.min(BOX.width / width, BOX.height / height)
  return size(down) > size(across) ? down : across
}

function placedIn(direction: Direction, flow: Flow, describing: Describing, figures: boolean): Placed {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true })
  graph.setGraph({ rankdir: direction, ...GAPS })
  graph.setDefaultEdgeLabel(() => ({}))
  const nodes = Object.entries(flow.nodes)
  // The beginning first: whatever is not reached stands aside.
  nodes.sort(([a], [b]) => Number(b === flow.start) - Number(a === flow.start))
  for (const [id, node] of nodes)
    graph.setNode(id, { width: CARD_WIDTH, height: cardHeight(describeNode(node, describing)) })
  const ways = nodes.flatMap(([from, node]) =>
    waysOf(node, describing)
      .filter(({ to }) => flow.nodes[to])
      .map((way) => ({ ...way, from, id: `${from} ${way.to}` })),
  )
  for (const { id, from, to, name } of ways) graph.setEdge(from, to, sizeOf(name, figures), id)
  layout(graph)
  const { width = 1, height = 1 } = graph.graph()
  return {
    direction,
    width,
    height,
    nodes: nodes.map(([id]) => {
      const { x = 0, y = 0, height: high = 0 } = graph.node(id)
      return { id, x, y, height: high }
    }),
    ways: ways.map((way) => {
      const { x, y, points = [] } = graph.edge({ v: way.from, w: way.to, name: way.id })
      const hasLabel = way.name !== '' || figures
      return { ...way, points, label: hasLabel && x !== undefined && y !== undefined ? { x, y } : null }
    }),
  }
}

function sizeOf(name: string, figures: boolean) {
  const letters = Math.max(clipName(name).length, figures ? 10 : 0)
  if (letters === 0) return { width: 0, height: 0 }
  const lines = (name === '' ? 0 : 1) + (figures ? 1 : 0)
  return {
    width: letters * LABEL.letter + LABEL.padding,
    height: lines * LABEL.height,
    labelpos: 'c' as const,
  }
}

/** A smooth line along points: a uniform B-spline through the first and the last. */
export function lineAlong(points: readonly Point[]): string {
  const [first, second] = points
  const last = points.at(-1)
  if (!first || !second || !last) return ''
  const at = (...weighted: readonly (readonly [Point, number])[]) => {
    const whole = weighted.reduce((sum, [, weight]) => sum + weight, 0)
    const x = weighted.reduce((sum, [point, weight]) => sum + point.x * weight, 0) / whole
    const y = weighted.reduce((sum, [point, weight]) => sum + point.y * weight, 0) / whole
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  }
  const start = `M${at([first, 1])}L${at([first, 5], [second, 1])}`
  const bends = points.slice(1).map((here, place) => {
    const before = points[place] ?? first
    const after = points[place + 2] ?? here
    return `C${at([before, 2], [here, 1])} ${at([before, 1], [here, 2])} ${at([before, 1], [here, 4], [after, 1])}`
  })
  return `${start}${bends.join('')}L${at([last, 1])}`
}
