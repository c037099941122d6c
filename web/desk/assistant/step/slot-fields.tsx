import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Flow, Slot } from '../../../../contracts/flows.ts'
import { blankSlot } from '../model/blank-node.ts'
import { freeSlotName, putSlot } from '../model/edit-flow.ts'
import { useAssistantWords } from '../words.ts'
import { NumberField } from './fields.tsx'
import { knownLists } from './known-names.ts'
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
const KOPECKS = 100
const MOST_ROUBLES = 1_000_000

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
      <Bounds
        slot={slot}
        lists={knownLists(flow)}
        put={(next) => changeFlow(putSlot(flow, name, next), `slot ${name}`)}
      />
    </>
  )
}

function Bounds({ slot, lists, put }: { slot: Slot; lists: readonly string[]; put: (slot: Slot) => void }) {
  const { t } = useAssistantWords()
  switch (slot.type) {
    case 'amount':
      return (
        <div className={styles.pair}>
          <NumberField
            label={t('slot.fromRoubles')}
            value={slot.minKopecks / KOPECKS}
            min={0}
            max={MOST_ROUBLES}
            decimals={2}
            onChange={(roubles) => put({ ...slot, minKopecks: Math.round(roubles * KOPECKS) })}
          />
          <NumberField
            label={t('slot.toRoubles')}
            value={slot.maxKopecks / KOPECKS}
            min={0.01}
            max={MOST_ROUBLES}
            decimals={2}
            onChange={(roubles) => put({ ...slot, maxKopecks: Math.max(1, Math.round(roubles * KOPECKS)) })}
          />
        </div>
      )
    case 'date':
      return (
        <div className={styles.pair}>
          <NumberField
            label={t('slot.fromDays')}
            value={slot.fromDays}
            min={-366}
            max={366}
            onChange={(fromDays) => put({ ...slot, fromDays })}
          />
          <NumberField
            label={t('slot.toDays')}
            value={slot.toDays}
            min={-366}
            max={366}
            onChange={(toDays) => put({ ...slot, toDays })}
          />
        </div>
      )
    case 'digits':
      return (
        <NumberField
          label={t('slot.length')}
          value={slot.length}
          min={1}
          max={20}
          onChange={(length) => put({ ...slot, length })}
        />
      )
    case 'text':
      return (
        <div className={styles.pair}>
          <NumberField
            label={t('slot.minLength')}
            value={slot.minLength}
            min={1}
            max={2000}
            onChange={(minLength) => put({ ...slot, minLength })}
          />
          <NumberField
            label={t('slot.maxLength')}
            value={slot.maxLength}
            min={1}
            max={2000}
            onChange={(maxLength) => put({ ...slot, maxLength })}
          />
        </div>
      )
    case 'secret':
      return (
        <NumberField
          label={t('slot.maxLength')}
          value={slot.maxLength}
          min={1}
          max={100}
          onChange={(maxLength) => put({ ...slot, maxLength })}
        />
      )
    case 'item':
      return (
        <Select
          label={t('slot.list')}
          value={slot.list}
          data={lists.includes(slot.list) ? [...lists] : [slot.list, ...lists]}
          allowDeselect={false}
          onChange={(list) => list !== null && put({ ...slot, list })}
        />
      )
    default:
      return null
  }
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
