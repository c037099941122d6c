import type { TrafficType } from '../../../contracts/amounts.ts'
import styles from './market.module.css'
import { useMarketWords } from './market-words.ts'

const TYPES = ['data', 'voice', 'sms'] as const

interface Props<T extends string> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly name: string; readonly note?: string }[]
  readonly value: T
  readonly onChoose: (value: T) => void
}

/** One of few, all in sight. */
export function Choice<T extends string>({ label, options, value, onChoose }: Props<T>) {
  return (
    <fieldset class={styles.choice}>
      <legend class="visually-hidden">{label}</legend>
      {options.map((one) => (
        <button
          key={one.value}
          type="button"
          class={styles.chip}
          aria-pressed={one.value === value}
          onClick={() => onChoose(one.value)}
        >
          {one.name}
          {one.note && <small>{one.note}</small>}
        </button>
      ))}
    </fieldset>
  )
}

interface TypeProps {
  readonly value: TrafficType
  readonly onChoose: (type: TrafficType) => void
  readonly noteOf?: (type: TrafficType) => string
}

/** Gigabytes, minutes or SMS. */
export function TypeChoice({ value, onChoose, noteOf }: TypeProps) {
  const { m } = useMarketWords()
  return (
    <Choice
      label={m.types}
      options={TYPES.map((type) => ({
        value: type,
        name: m.type[type],
        ...(noteOf && { note: noteOf(type) }),
      }))}
      value={value}
      onChoose={onChoose}
    />
  )
}
