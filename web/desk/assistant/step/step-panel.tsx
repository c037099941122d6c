import { Button, Select, TextInput } from '@mantine/core'
import { IconFlag, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { exitsOf } from '../../../../contracts/flow-exits.ts'
import { type Flow, type FlowNode, type FlowProblem, NodeId } from '../../../../contracts/flows.ts'
import { type Describing, nameExit } from '../graph/describe-node.ts'
import { blankNode, NODE_KINDS } from '../model/blank-node.ts'
import { connect, insertNode, putNode, removeNode, renameNode } from '../model/edit-flow.ts'
import { useAssistantWords } from '../words.ts'
import { TargetField } from './fields.tsx'
import { KindFields } from './kind-fields.tsx'
import { ProblemList } from './problem-list.tsx'
import styles from './step.module.css'

interface Props {
  readonly flow: Flow
  readonly id: string
  readonly node: FlowNode
  readonly problems: readonly FlowProblem[]
  readonly describing: Describing
  readonly flowKeys: readonly string[]
  readonly change: (flow: Flow, where?: string) => void
  readonly choose: (id: string | null) => void
}

/** A step: what it says and does, where it leads, what is wrong with it. */
export function StepPanel({ flow, id, node, problems, describing, flowKeys, change, choose }: Props) {
  const { t } = useAssistantWords()
  const put = (next: FlowNode, where?: string) => change(putNode(flow, id, next), where && `${id} ${where}`)
  const kinds = NODE_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))
  return (
    <div className={styles.panel}>
      <ProblemList problems={problems} />
      <div className={styles.pair}>
        <NameField key={id} flow={flow} id={id} change={change} choose={choose} />
        <Select
          label={t('step.kind')}
          value={node.kind}
          data={kinds}
          allowDeselect={false}
          onChange={(kind) => kind && kind !== node.kind && put(ofOtherKind(node, kind, flow))}
        />
      </div>
      <KindFields flow={flow} node={node} flowKeys={flowKeys} put={put} changeFlow={change} />
      <Targets flow={flow} id={id} node={node} describing={describing} change={change} choose={choose} />
      <div className={styles.acts}>
        <Button
          variant="default"
          leftSection={<IconFlag size={14} />}
          disabled={flow.start === id}
          onClick={() => change({ ...flow, start: id })}
        >
          {flow.start === id ? t('step.isStart') : t('step.makeStart')}
        </Button>
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={14} />}
          disabled={Object.keys(flow.nodes).length < 2}
          onClick={() => {
            change(removeNode(flow, id))
            choose(null)
          }}
        >
          {t('step.remove')}
        </Button>
      </div>
    </div>
  )
}

/** The same words and the same first way on, as far as the other kind has any. */
function ofOtherKind(node: FlowNode, kind: FlowNode['kind'], flow: Flow): FlowNode {
  const next = exitsOf(node)[0]?.to ?? flow.start
  const blank = blankNode(kind, next)
  return 'words' in node && 'words' in blank ? { ...blank, words: node.words } : blank
}

function NameField({ flow, id, change, choose }: Pick<Props, 'flow' | 'id' | 'change' | 'choose'>) {
  const { t } = useAssistantWords()
  const [name, setName] = useState(id)
  const isFree = name === id || !flow.nodes[name]
  const isName = NodeId.safeParse(name).success
  const rename = () => {
    if (name === id || !isFree || !isName) return setName(id)
    change(renameNode(flow, id, name))
    choose(name)
  }
  return (
    <TextInput
      label={t('step.name')}
      value={name}
      maxLength={40}
      spellCheck={false}
      error={!isName ? t('step.nameWrong') : !isFree && t('step.nameTaken')}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={rename}
      onKeyDown={(event) => event.key === 'Enter' && rename()}
    />
  )
}

function Targets({
  flow,
  id,
  node,
  describing,
  change,
  choose,
}: Pick<Props, 'flow' | 'id' | 'node' | 'describing' | 'change' | 'choose'>) {
  const { t } = useAssistantWords()
  const exits = exitsOf(node)
  if (exits.length === 0) return null
  return (
    <fieldset className={styles.targets}>
      <legend>{t('step.leads')}</legend>
      {exits.map((exit) => (
        <TargetField
          key={exit.name}
          label={nameExit(node, exit, describing) || t('step.next')}
          value={exit.to}
          ids={Object.keys(flow.nodes)}
          onChange={(to) => change(connect(flow, id, exit.name, to))}
          insert={(kind) => {
            const made = insertNode(flow, { id, exit: exit.name }, kind)
            change(made.flow)
            choose(made.id)
          }}
        />
      ))}
    </fieldset>
  )
}
