import '@xyflow/react/dist/base.css'
import { ActionIcon } from '@mantine/core'
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react'
import { ReactFlow, ReactFlowProvider, useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { exitsOf } from '../../../../contracts/flow-exits.ts'
import type { Flow, FlowProblem } from '../../../../contracts/flows.ts'
import { useAssistantWords } from '../words.ts'
import { type Describing, describeNode } from './describe-node.ts'
import styles from './graph.module.css'
import { CARD_WIDTH, layOut, type Placed } from './lay-out.ts'
import { type Direction, nearestIn } from './nearest.ts'
import { type CardNode, NodeCard } from './node-card.tsx'
import { type WayEdge, WayLine } from './way-line.tsx'

/** How many went along ways, and what became of those who came to a step. */
export interface TrafficOfFlow {
  went(from: string, to: string): number
  came(id: string): number
  stopped(id: string): number
}

interface Props {
  readonly flow: Flow
  readonly problems: readonly FlowProblem[]
  readonly describing: Describing
  readonly chosen: string | null
  /** Steps that the trial has gone through, the newest last. */
  readonly trialWay: readonly string[]
  readonly traffic: TrafficOfFlow | null
  readonly choose: (id: string | null) => void
  /** The step's own panel is wanted. */
  readonly open: (id: string) => void
  readonly connect: (from: string, exit: string, to: string) => void
  readonly remove: (id: string) => void
}

const NODE_TYPES = { card: NodeCard }
const EDGE_TYPES = { way: WayLine }
const KEYS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const ZOOM = { minZoom: 0.15, maxZoom: 1.6 } as const
/** Words on a card are read down to here; what is larger than its place is shown from its beginning instead. */
const READABLE = 0.75
/** Around the whole. */
const MARGIN = 24
const MOVE_MS = 150

/** The flow drawn: panned, zoomed, walked through by the keyboard. */
export function FlowGraph(props: Props) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph(props: Props) {
  const { flow, describing, traffic, chosen, choose, open, connect, remove } = props
  const { t } = useAssistantWords()
  const box = useRef<HTMLElement>(null)
  const placed = useMemo(() => layOut(flow, describing, traffic !== null), [flow, describing, traffic])
  const nodes = useCards(props, placed)
  const edges = useLines(props, placed)
  useView(placed, flow.start, chosen ?? props.trialWay.at(-1) ?? null)
  const focus = (id: string) => {
    choose(id)
    box.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const direction = KEYS[event.key]
    const next = direction && nearestIn(placed.nodes, chosen ?? flow.start, direction)
    if (next !== undefined) focus(next)
    else if (chosen !== null && (event.key === 'Delete' || event.key === 'Backspace')) remove(chosen)
    else if (event.key === 'Home') focus(flow.start)
    else if (event.key === 'Enter' && chosen !== null) open(chosen)
    else return
    event.preventDefault()
  }
  return (
    <section ref={box} className={styles.graph} aria-label={t('graph.name')} onKeyDown={onKeyDown}>
      <Arrows />
      <ReactFlow<CardNode, WayEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        panOnScroll
        onConnect={({ source, sourceHandle, target }) =>
          sourceHandle && connect(source, sourceHandle, target)
        }
        onNodeClick={(_, { id }) => open(id)}
        onPaneClick={() => choose(null)}
        proOptions={{ hideAttribution: true }}
        {...ZOOM}
      />
      <Zoom placed={placed} />
      <p className="visually-hidden">{t('graph.keys')}</p>
    </section>
  )
}

function useCards(
  { flow, problems, describing, chosen, trialWay, traffic, choose }: Props,
  placed: Placed,
): CardNode[] {
  // As a function of the id alone, so that cards need not be drawn again for it.
  const focused = useCallback((id: string) => choose(id), [choose])
  return useMemo(() => {
    const here = trialWay.at(-1)
    return placed.nodes.flatMap(({ id, x, y, height }) => {
      const node = flow.nodes[id]
      if (!node) return []
      const card: CardNode = {
        id,
        type: 'card',
        position: { x: x - CARD_WIDTH / 2, y: y - height / 2 },
        width: CARD_WIDTH,
        height,
        data: {
          kind: node.kind,
          text: describeNode(node, describing),
          isStart: flow.start === id,
          problems: problems.filter((problem) => problem.node === id).length,
          exits: exitsOf(node).map(({ name }) => name),
          down: placed.direction === 'TB',
          chosen: chosen === id,
          trial: here === id ? 'here' : trialWay.includes(id) ? 'passed' : null,
          traffic: traffic && { came: traffic.came(id), stopped: traffic.stopped(id) },
          focusable: (chosen ?? flow.start) === id,
          focused: () => focused(id),
        },
      }
      return [card]
    })
  }, [placed, flow, problems, describing, chosen, trialWay, traffic, focused])
}

function useLines({ chosen, trialWay, traffic }: Props, placed: Placed): WayEdge[] {
  return useMemo(() => {
    const steps = new Set(trialWay.slice(1).map((to, place) => `${trialWay[place]} ${to}`))
    return placed.ways.map((way) => {
      const count = traffic?.went(way.from, way.to) ?? 0
      const came = traffic?.came(way.from) ?? 0
      const edge: WayEdge = {
        id: way.id,
        type: 'way',
        source: way.from,
        target: way.to,
        sourceHandle: way.exits[0] ?? null,
        data: {
          way,
          chosen: chosen === way.from,
          passed: steps.has(way.id),
          went: traffic && { count, share: came > 0 ? Math.min(1, count / came) : 0 },
        },
      }
      return edge
    })
  }, [placed, chosen, trialWay, traffic])
}

/** Shows the whole drawing, lines too, never larger than it is. */
function useFit({ width, height }: Placed): (duration: number) => void {
  const { setViewport } = useReactFlow()
  const box = useStoreApi()
  return useCallback(
    (duration) => {
      const { width: wide, height: high } = box.getState()
      const zoom = Math.max(ZOOM.minZoom, Math.min(1, wide / (width + MARGIN), high / (height + MARGIN)))
      const viewport = { x: (wide - width * zoom) / 2, y: (high - height * zoom) / 2, zoom }
      void setViewport(viewport, { duration })
    },
    [width, height, box, setViewport],
  )
}

/** Shows the whole drawing where it can be read so, else as much of it as can be, from its first step on. */
function useOpening(placed: Placed, start: string): (duration: number) => void {
  const { setViewport } = useReactFlow()
  const showAll = useFit(placed)
  const box = useStoreApi()
  return useCallback(
    (duration) => {
      const { width, height } = box.getState()
      const first = placed.nodes.find(({ id }) => id === start)
      const fits = Math.min(width / placed.width, height / placed.height) >= READABLE
      if (fits || !first) return showAll(duration)
      const down = placed.direction === 'TB'
      const x = down ? width / 2 - first.x * READABLE : MARGIN - (first.x - CARD_WIDTH / 2) * READABLE
      const y = down ? MARGIN - (first.y - first.height / 2) * READABLE : height / 2 - first.y * READABLE
      void setViewport({ x, y, zoom: READABLE }, { duration })
    },
    [placed, start, box, setViewport, showAll],
  )
}

/** Opens the flow at first and when steps come or go; later only brings the step into sight that is chosen, or where the trial is. */
function useView(placed: Placed, start: string, chosen: string | null): void {
  const { setCenter, getViewport } = useReactFlow()
  const open = useOpening(placed, start)
  const box = useStoreApi()
  const isMeasured = useStore(({ width, height }) => width > 0 && height > 0)
  const shape = `${placed.direction} ${placed.nodes.length}`
  const fitted = useRef<string | null>(null)
  useEffect(() => {
    if (!isMeasured || fitted.current === shape) return
    open(fitted.current === null ? 0 : MOVE_MS)
    fitted.current = shape
  }, [isMeasured, shape, open])
  useEffect(() => {
    const node = placed.nodes.find(({ id }) => id === chosen)
    if (!node) return
    const { width, height } = box.getState()
    const { x, y, zoom } = getViewport()
    const [left, top] = [node.x * zoom + x, node.y * zoom + y]
    const inSight = left > 60 && left < width - 60 && top > 40 && top < height - 40
    if (!inSight) void setCenter(node.x, node.y, { zoom: Math.max(zoom, READABLE), duration: MOVE_MS })
  }, [chosen, placed, box, getViewport, setCenter])
}

function Zoom({ placed }: { placed: Placed }) {
  const { t } = useAssistantWords()
  const { zoomIn, zoomOut } = useReactFlow()
  const showAll = useFit(placed)
  return (
    <div className={styles.zoom}>
      <ActionIcon aria-label={t('graph.zoomIn')} onClick={() => void zoomIn({ duration: 100 })}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('graph.zoomOut')} onClick={() => void zoomOut({ duration: 100 })}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('graph.fit')} onClick={() => showAll(MOVE_MS)}>
        <IconFocusCentered size={16} />
      </ActionIcon>
    </div>
  )
}

/** Heads of the lines. */
function Arrows() {
  return (
    <svg className={styles.arrows} aria-hidden>
      <defs>
        {['', '-strong'].map((kind) => (
          <marker
            key={kind}
            id={`flow-arrow${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="11"
            markerHeight="11"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" className={kind === '' ? styles.arrow : styles.arrowStrong} />
          </marker>
        ))}
      </defs>
    </svg>
  )
}
