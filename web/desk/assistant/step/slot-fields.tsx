import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Flow, Slot } from '../../../../contracts/flows.ts'
import { blankSlot } from '../model/blank-node.ts'
import { freeSlotName, putSlot } from '../model/edit-flow.ts'
import { useAssistantWords } from '../words.ts'
import { knownLists } from './known-names.ts'
import { SlotBounds } from './slot-bounds.tsx'
import styles from './step.module.css'

const TYPES: readonly Slot['type'][] = [
  'text',
  'yes-no',
  'amount',
  'date',
  'phone',
  'digits',
  'item',
  'secret',
]
const SLOT_NAME = /^[a-z][a-zA-Z0-9]{0,39}$/

/** Which slot a step fills, and what that may hold. */
export function SlotField({
  flow,
  name,
  choose,
  changeFlow,
  type = 'text',
}: {
  flow: Flow
  name: string
  choose: (name: string) => void
  changeFlow: (flow: Flow, where?: string) => void
  /** Of a new one. */
  type?: Slot['type']
}) {
  const { t } = useAssistantWords()
  const names = Object.keys(flow.slots)
  const slot = flow.slots[name]
  // A step of before may name one that there is not yet: it is made under that name.
  const made = slot ? freeSlotName(flow) : name
  return (
    <fieldset className={styles.targets}>
      <legend>{t('slot.title')}</legend>
      <div className={styles.target}>
        <Select
          label={t('slot.name')}
          value={name}
          data={slot ? names : [name, ...names]}
          error={slot ? null : t('slot.none')}
          allowDeselect={false}
          onChange={(next) => next !== null && choose(next)}
        />
        <ActionIcon
          variant="default"
          aria-label={t('slot.add')}
          onClick={() => {
            changeFlow(putSlot(flow, made, blankSlot(type)))
            if (slot) choose(made)
          }}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </div>
      {slot && <SlotFields flow={flow} name={name} slot={slot} changeFlow={changeFlow} />}
    </fieldset>
  )
}

/** What a slot holds and when it is right. */
export function SlotFields({
  flow,
  name,
  slot,
  changeFlow,
}: {
  flow: Flow
  name: string
  slot: Slot
  changeFlow: (flow: Flow, where?: string) => void
}) {
  const { t } = useAssistantWords()
  return (
    <>
      <Select
        label={t('slot.type')}
        value={slot.type}
        data={TYPES.map((type) => ({ value: type, label: t(`slotType.${type}`) }))}
        allowDeselect={false}
        onChange={(type) => type !== null && changeFlow(putSlot(flow, name, blankSlot(type)))}
      />
      <SlotBounds
        slot={slot}
        lists={knownLists(flow)}
        put={(next) => changeFlow(putSlot(flow, name, next), `slot ${name}`)}
      />
    </>
  )
}

/** A slot's name; another one is taken when it is left, if it is right and free. */
export function SlotName({ flow, name, rename }: { flow: Flow; name: string; rename: (to: string) => void }) {
  const { t } = useAssistantWords()
  const [text, setText] = useState(name)
  const isRight = text === name || (SLOT_NAME.test(text) && !flow.slots[text])
  return (
    <TextInput
      label={t('slot.name')}
      value={text}
      maxLength={40}
      spellCheck={false}
      error={!isRight && t('slot.nameWrong')}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => (isRight && text !== name ? rename(text) : setText(name))}
    />
  )
}
