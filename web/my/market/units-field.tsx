import parts from '../parts/parts.module.css'

const MOST = 100_000

/** Whole units as people write them; 0: not a number of units. */
export function unitsOf(written: string): number {
  const units = Number(written)
  return Number.isInteger(units) && units >= 1 && units <= MOST ? units : 0
}

interface Props {
  readonly label: string
  readonly value: string
  readonly onInput: (units: string) => void
}

/** A number of whole units. */
export function UnitsField({ label, value, onInput }: Props) {
  return (
    <label class={parts.field}>
      <span>{label}</span>
      <input
        class={parts.input}
        inputMode="numeric"
        autoComplete="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
      />
    </label>
  )
}
