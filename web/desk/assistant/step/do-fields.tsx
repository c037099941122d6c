import { Select, TextInput } from '@mantine/core'
import { FLOW_ORDERS, type Flow, type FlowNode, QuestionName } from '../../../../contracts/flows.ts'
import { blankOrder } from '../model/blank-node.ts'
import { useAssistantWords } from '../words.ts'
import styles from './step.module.css'

type Do = Extract<FlowNode, { kind: 'do' }>
type Act = 'ask' | 'order' | 'lostSim'
const ACTS: readonly Act[] = ['ask', 'order', 'lostSim']

const actOf = ({ order, lostSim }: Do): Act => (order ? 'order' : lostSim ? 'lostSim' : 'ask')

/** The step with another act: exactly one of the three. */
function withAct(node: Do, act: Act, flow: Flow): Do {
  const { ask: _ask, order: _order, lostSim: _lostSim, ...rest } = node
  if (act === 'ask') return { ...rest, ask: 'line' }
  if (act === 'order') return { ...rest, order: blankOrder('stop-all-content') }
  const ofType = (type: string) => Object.entries(flow.slots).find(([, slot]) => slot.type === type)?.[0]
  return { ...rest, lostSim: { number: ofType('phone') ?? 'number', word: ofType('secret') ?? 'word' } }
}

/** What is asked of the operator's edge, or ordered there. */
export function DoFields({
  flow,
  node,
  put,
}: {
  flow: Flow
  node: Do
  put: (node: FlowNode, where?: string) => void
}) {
  const { t } = useAssistantWords()
  const act = actOf(node)
  return (
    <>
      <Select
        label={t('do.act')}
        value={act}
        data={ACTS.map((name) => ({ value: name, label: t(`do.${name}`) }))}
        allowDeselect={false}
        onChange={(next) => next !== null && next !== act && put(withAct(node, next, flow))}
      />
      {act === 'ask' && (
        <Select
          label={t('do.question')}
          value={node.ask ?? null}
          data={QuestionName.options.map((name) => ({ value: name, label: t(`question.${name}`) }))}
          allowDeselect={false}
          onChange={(ask) => ask !== null && put({ ...node, ask })}
        />
      )}
      {node.order && <OrderFields flow={flow} node={node} order={node.order} put={put} />}
      {node.lostSim && (
        <div className={styles.pair}>
          {(['number', 'word'] as const).map((part) => (
            <Select
              key={part}
              label={t(`do.${part}`)}
              value={node.lostSim?.[part] ?? null}
              data={Object.keys(flow.slots)}
              allowDeselect={false}
              onChange={(name) =>
                name !== null && node.lostSim && put({ ...node, lostSim: { ...node.lostSim, [part]: name } })
              }
            />
          ))}
        </div>
      )}
    </>
  )
}

function OrderFields({
  flow,
  node,
  order,
  put,
}: {
  flow: Flow
  node: Do
  order: NonNullable<Do['order']>
  put: (node: FlowNode, where?: string) => void
}) {
  const { t } = useAssistantWords()
  const parts = Object.entries(order).filter(([name]) => name !== 'kind')
  const slots = Object.keys(flow.slots).map((name) => `{${name}}`)
  return (
    <>
      <Select
        label={t('do.whatOrder')}
        value={order.kind}
        data={FLOW_ORDERS.map((kind) => ({ value: kind, label: t(`order.${kind}`) }))}
        allowDeselect={false}
        onChange={(kind) => kind !== null && put({ ...node, order: blankOrder(kind) })}
      />
      {parts.map(([name, value]) => (
        <TextInput
          key={name}
          label={t(`part.${name as 'code' | 'amountKopecks' | 'when' | 'reason' | 'topic'}`)}
          description={slots.length > 0 && t('do.partHint', { slots: slots.join(', ') })}
          value={String(value)}
          maxLength={80}
          onChange={(event) => {
            const text = event.currentTarget.value
            const isSum = name === 'amountKopecks' && /^\d+$/.test(text)
            put({ ...node, order: { ...order, [name]: isSum ? Number(text) : text } }, `part ${name}`)
          }}
        />
      ))}
    </>
  )
}
