import { ActionIcon, Button, Select, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { ChannelKind } from '../../../../contracts/channels.ts'
import type { Flow, FlowNode } from '../../../../contracts/flows.ts'
import { useAssistantWords } from '../words.ts'
import { CaseFields } from './case-fields.tsx'
import { DoFields } from './do-fields.tsx'
import { WordsField } from './fields.tsx'
import { knownNames } from './known-names.ts'
import { SlotField } from './slot-fields.tsx'
import styles from './step.module.css'

interface Props<N extends FlowNode = FlowNode> {
  readonly flow: Flow
  readonly node: N
  readonly flowKeys: readonly string[]
  readonly put: (node: FlowNode, where?: string) => void
  readonly changeFlow: (flow: Flow, where?: string) => void
}
type Of<K extends FlowNode['kind']> = Props<Extract<FlowNode, { kind: K }>>

const MOST_CHOICES = 9

/** What a step of its kind holds. */
export function KindFields(props: Props) {
  const { t } = useAssistantWords()
  const { node, flow, put } = props
  const says = 'words' in node && (
    <WordsField
      label={t(node.kind === 'menu' || node.kind === 'ask' ? 'step.asks' : 'step.says')}
      words={node.words}
      names={knownNames(flow)}
      onChange={(words, where) => put({ ...node, words }, where)}
    />
  )
  switch (node.kind) {
    case 'say':
      return (
        <>
          {says}
          <GotWhatTheyWanted node={node} put={put} />
        </>
      )
    case 'menu':
      return (
        <>
          {says}
          <Choices {...props} node={node} />
          <GotWhatTheyWanted node={node} put={put} />
        </>
      )
    case 'ask':
      return (
        <>
          {says}
          <Ask {...props} node={node} />
        </>
      )
    case 'do':
      return <DoFields {...props} node={node} />
    case 'when':
      return <CaseFields {...props} node={node} />
    case 'go':
      return <GoTo {...props} node={node} />
    case 'hand-over':
      return (
        <>
          {says}
          <HandOver {...props} node={node} />
        </>
      )
    case 'call-back':
      return (
        <>
          {says}
          <SlotField {...props} name={node.at} choose={(at) => put({ ...node, at })} type="date" />
        </>
      )
    case 'move-to':
      return (
        <>
          {says}
          <MoveTo {...props} node={node} />
        </>
      )
    case 'end':
      return (
        <>
          {says}
          <DoneSwitch on={node.done} turn={(done) => put({ ...node, done })} />
        </>
      )
  }
}

/** What is asked for, and how it is asked again. */
function Ask(props: Of<'ask'>) {
  const { t } = useAssistantWords()
  const { node, flow, put } = props
  return (
    <>
      <SlotField {...props} name={node.slot} choose={(slot) => put({ ...node, slot })} />
      <WordsField
        label={t('step.again')}
        words={node.again}
        names={knownNames(flow)}
        onChange={(again, where) => put({ ...node, again }, where)}
      />
    </>
  )
}

function GoTo({ node, flowKeys, put }: Of<'go'>) {
  const { t } = useAssistantWords()
  return (
    <Select
      label={t('step.flow')}
      value={node.flow}
      data={flowKeys.includes(node.flow) ? [...flowKeys] : [node.flow, ...flowKeys]}
      searchable
      allowDeselect={false}
      onChange={(key) => key !== null && put({ ...node, flow: key })}
    />
  )
}

function MoveTo({ node, put }: Of<'move-to'>) {
  const { t } = useAssistantWords()
  return (
    <Select
      label={t('step.channel')}
      value={node.channel}
      data={ChannelKind.options.map((kind) => ({ value: kind, label: t(`channel.${kind}`) }))}
      allowDeselect={false}
      onChange={(channel) => channel !== null && put({ ...node, channel })}
    />
  )
}

/** Whether whoever comes to a step that goes on has got what they wanted: absent where not. */
function GotWhatTheyWanted({ node, put }: Pick<Of<'say' | 'menu'>, 'node' | 'put'>) {
  const { done = false, ...rest } = node
  return <DoneSwitch on={done} turn={(on) => put(on ? { ...rest, done: true } : rest)} />
}

function DoneSwitch({ on, turn }: { readonly on: boolean; readonly turn: (on: boolean) => void }) {
  const { t } = useAssistantWords()
  return (
    <Switch
      label={t('step.done')}
      description={t('step.doneHint')}
      checked={on}
      onChange={(event) => turn(event.currentTarget.checked)}
    />
  )
}

function Choices({ node, put }: Of<'menu'>) {
  const { t } = useAssistantWords()
  const { choices } = node
  return (
    <div className={styles.choices}>
      {choices.map((choice, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a choice has no other name than its place
        <div key={`${place} of ${choices.length}`} className={styles.choice}>
          <WordsField
            label={t('step.choice', { place: place + 1 })}
            oneLine
            words={choice.title}
            onChange={(title, where) =>
              put({ ...node, choices: choices.with(place, { ...choice, title }) }, where)
            }
          />
          <ActionIcon
            aria-label={t('step.removeChoice', { place: place + 1 })}
            disabled={choices.length < 2}
            onClick={() => put({ ...node, choices: choices.toSpliced(place, 1) })}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      {choices.length < MOST_CHOICES && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            put({
              ...node,
              choices: [...choices, { title: { ru: '', en: '' }, next: choices.at(-1)?.next ?? '' }],
            })
          }
        >
          {t('step.addChoice')}
        </Button>
      )}
    </div>
  )
}

function HandOver({ node, put }: Of<'hand-over'>) {
  const { t } = useAssistantWords()
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          label={t('step.queue')}
          value={node.queue}
          maxLength={60}
          onChange={(event) => put({ ...node, queue: event.currentTarget.value }, 'queue')}
        />
        <TextInput
          label={t('step.skill')}
          value={node.skill ?? ''}
          maxLength={60}
          onChange={(event) => put({ ...node, skill: event.currentTarget.value || null }, 'skill')}
        />
      </div>
      <Switch
        label={t('step.urgent')}
        checked={node.urgent}
        onChange={(event) => put({ ...node, urgent: event.currentTarget.checked })}
      />
    </>
  )
}
