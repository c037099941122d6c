import { Select } from '@mantine/core'
import type { Slot } from '../../../../contracts/flows.ts'
import { useAssistantWords } from '../words.ts'
import { NumberField } from './fields.tsx'
import styles from './step.module.css'

const KOPECKS = 100
const MOST_ROUBLES = 1_000_000

interface Props<S extends Slot = Slot> {
  readonly slot: S
  readonly put: (slot: Slot) => void
}
type Of<T extends Slot['type']> = Props<Extract<Slot, { type: T }>>

/** Within which bounds what a slot holds is right. */
export function SlotBounds({ slot, lists, put }: Props & { lists: readonly string[] }) {
  switch (slot.type) {
    case 'amount':
      return <AmountBounds slot={slot} put={put} />
    case 'date':
      return <DateBounds slot={slot} put={put} />
    case 'digits':
      return <DigitsLength slot={slot} put={put} />
    case 'text':
      return <TextBounds slot={slot} put={put} />
    case 'secret':
      return <SecretLength slot={slot} put={put} />
    case 'item':
      return <ItemList slot={slot} put={put} lists={lists} />
    default:
      return null
  }
}

function AmountBounds({ slot, put }: Of<'amount'>) {
  const { t } = useAssistantWords()
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
}

function DateBounds({ slot, put }: Of<'date'>) {
  const { t } = useAssistantWords()
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
}

function DigitsLength({ slot, put }: Of<'digits'>) {
  const { t } = useAssistantWords()
  return (
    <NumberField
      label={t('slot.length')}
      value={slot.length}
      min={1}
      max={20}
      onChange={(length) => put({ ...slot, length })}
    />
  )
}

function TextBounds({ slot, put }: Of<'text'>) {
  const { t } = useAssistantWords()
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
}

function SecretLength({ slot, put }: Of<'secret'>) {
  const { t } = useAssistantWords()
  return (
    <NumberField
      label={t('slot.maxLength')}
      value={slot.maxLength}
      min={1}
      max={100}
      onChange={(maxLength) => put({ ...slot, maxLength })}
    />
  )
}

function ItemList({ slot, lists, put }: Of<'item'> & { lists: readonly string[] }) {
  const { t } = useAssistantWords()
  return (
    <Select
      label={t('slot.list')}
      value={slot.list}
      data={lists.includes(slot.list) ? [...lists] : [slot.list, ...lists]}
      allowDeselect={false}
      onChange={(list) => list !== null && put({ ...slot, list })}
    />
  )
}
