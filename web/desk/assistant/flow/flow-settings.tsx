import { ActionIcon, Button, MultiSelect } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { AssistantIntent } from '../../../../contracts/assistant-examples.ts'
import type { Flow, FlowProblem } from '../../../../contracts/flows.ts'
import { blankSlot } from '../model/blank-node.ts'
import { freeSlotName, putSlot, removeSlot, renameSlot } from '../model/edit-flow.ts'
import { WordsField } from '../step/fields.tsx'
import { ProblemList } from '../step/problem-list.tsx'
import { SlotFields, SlotName } from '../step/slot-fields.tsx'
import step from '../step/step.module.css'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'

interface Props {
  readonly flow: Flow
  readonly problems: readonly FlowProblem[]
  readonly intents: readonly AssistantIntent[]
  readonly change: (flow: Flow, where?: string) => void
}

/** The flow as a whole: its name, what people want that begins it, and what it asks them for. */
export function FlowSettings({ flow, problems, intents, change }: Props) {
  const { t, locale } = useAssistantWords()
  const known = intents.map(({ key, title }) => ({ value: key, label: title[locale] }))
  const unknown = flow.intents.filter((key) => !intents.some((one) => one.key === key))
  return (
    <div className={step.panel}>
      <ProblemList problems={problems} />
      <WordsField
        label={t('flow.title')}
        oneLine
        words={flow.title}
        onChange={(title, where) => change({ ...flow, title }, where)}
      />
      <MultiSelect
        label={t('flow.intents')}
        description={t('flow.intentsHint')}
        value={[...flow.intents]}
        data={[...known, ...unknown]}
        searchable
        maxValues={60}
        onChange={(chosen) => change({ ...flow, intents: chosen })}
      />
      <h2 className={styles.heading}>{t('flow.slots')}</h2>
      {Object.entries(flow.slots).map(([name, slot]) => (
        <div key={name} className={styles.slot}>
          <div className={step.target}>
            <SlotName flow={flow} name={name} rename={(to) => change(renameSlot(flow, name, to))} />
            <ActionIcon
              aria-label={t('slot.remove', { name })}
              onClick={() => change(removeSlot(flow, name))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
          <SlotFields flow={flow} name={name} slot={slot} changeFlow={change} />
        </div>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={() => change(putSlot(flow, freeSlotName(flow), blankSlot('text')))}
      >
        {t('slot.add')}
      </Button>
    </div>
  )
}
