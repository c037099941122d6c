import { type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { formatCount, formatShare } from '../../../shared/format/index.ts'
import { useAssistantWords } from '../words.ts'
import styles from './graph.module.css'
import { clipName, lineAlong, type PlacedWay } from './lay-out.ts'

/** What a line shows. */
export interface Line extends Record<string, unknown> {
  readonly way: PlacedWay
  /** Out of the chosen step. */
  readonly chosen: boolean
  readonly passed: boolean
  /** How many went, and of how many that came to its beginning; null: not asked for. */
  readonly went: { readonly count: number; readonly share: number } | null
}
export type WayEdge = Edge<Line, 'way'>

const THIN = 1.5
const THICK = 11

/** A way between two steps: along the points that the layout found, as thick as many went. */
export function WayLine({ data }: EdgeProps<WayEdge>) {
  const { locale } = useAssistantWords()
  if (!data) return null
  const { way, chosen, passed, went } = data
  const width = went === null ? (passed ? 2.5 : THIN) : THIN + went.share * (THICK - THIN)
  const figures = went !== null && went.count > 0
  return (
    <>
      <path
        className={styles.way}
        d={lineAlong(way.points)}
        strokeWidth={width}
        data-chosen={chosen}
        data-passed={passed}
        data-empty={went !== null && went.count === 0}
        markerEnd={`url(#flow-arrow${passed || chosen ? '-strong' : ''})`}
      />
      {way.label && (way.name !== '' || figures) && (
        <EdgeLabelRenderer>
          <div
            className={styles.label}
            data-chosen={chosen}
            style={{ transform: `translate(-50%, -50%) translate(${way.label.x}px, ${way.label.y}px)` }}
            title={way.name}
          >
            {way.name !== '' && <span>{clipName(way.name)}</span>}
            {figures && (
              <span className={styles.figures}>
                {formatCount(went.count)} · {formatShare(went.share, locale)}
              </span>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}
