import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import type { FlowNode } from '../../../../contracts/flows.ts'
import { formatCount } from '../../../shared/format/index.ts'
import { useAssistantWords } from '../words.ts'
import styles from './graph.module.css'
import { KIND_ICONS } from './kind-icons.ts'

/** What a card shows. */
export interface Card extends Record<string, unknown> {
  readonly kind: FlowNode['kind']
  readonly text: string
  readonly isStart: boolean
  readonly problems: number
  readonly exits: readonly string[]
  readonly chosen: boolean
  /** Where the trial stands, or has been. */
  readonly trial: 'here' | 'passed' | null
  readonly traffic: { readonly came: number; readonly stopped: number } | null
  readonly focusable: boolean
  /** The flow goes on from above. */
  readonly down: boolean
  readonly focused: () => void
}
export type CardNode = Node<Card, 'card'>

/** Worth a colour: so many of those who came went no further. */
const MANY = 0.1

/** A step of the flow as a card. Its button is where the keyboard stands. */
export function NodeCard({ id, data }: NodeProps<CardNode>) {
  const { t } = useAssistantWords()
  const { kind, text, problems, isStart, chosen, trial, traffic } = data
  const Icon = KIND_ICONS[kind]
  const hidden = [
    problems > 0 && t('graph.problems', { count: problems }),
    trial === 'here' && t('graph.trialHere'),
    traffic &&
      t('traffic.ofNode', { came: formatCount(traffic.came), stopped: formatCount(traffic.stopped) }),
  ]
  return (
    <div
      className={styles.card}
      data-kind={kind}
      data-chosen={chosen}
      data-wrong={problems > 0}
      data-trial={trial ?? undefined}
    >
      <Handle type="target" position={data.down ? Position.Top : Position.Left} className={styles.handle} />
      <button
        type="button"
        className={styles.cardButton}
        data-step={id}
        tabIndex={data.focusable ? 0 : -1}
        aria-current={chosen ? 'true' : undefined}
        onFocus={data.focused}
      >
        <span className={styles.cardHead}>
          <Icon size={15} stroke={1.8} aria-hidden />
          <span className={styles.cardName}>{id}</span>
          <span className="visually-hidden">, {t(`kind.${kind}`)}.</span>
          {isStart && <span className={styles.badge}>{t('graph.start')}</span>}
          {problems > 0 && (
            <span className={styles.badge} data-tone="red" aria-hidden>
              ! {problems}
            </span>
          )}
        </span>
        {text !== '' && <span className={styles.cardText}>{text}</span>}
        <span className="visually-hidden">{hidden.filter(Boolean).join('. ')}</span>
      </button>
      {traffic && traffic.came > 0 && (
        <span className={styles.stopped} data-many={traffic.stopped / traffic.came >= MANY}>
          {formatCount(traffic.came)}
          {traffic.stopped > 0 && ` · ${t('traffic.stopped', { count: traffic.stopped })}`}
        </span>
      )}
      {data.exits.map((exit, place) => (
        <Handle
          key={exit}
          id={exit}
          type="source"
          position={data.down ? Position.Bottom : Position.Right}
          className={styles.handle}
          style={{ [data.down ? 'left' : 'top']: `${((place + 1) / (data.exits.length + 1)) * 100}%` }}
        />
      ))}
    </div>
  )
}
