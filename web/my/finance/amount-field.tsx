import parts from '../parts/parts.module.css'

/** Roubles as people write them, in kopecks; 0: not an amount. */
export function kopecksOf(roubles: string): number {
  const amount = Math.round(Number(roubles.replace(/\s/g, '').replace(',', '.')) * 100)
  return Number.isSafeInteger(amount) && amount > 0 ? amount : 0
}

interface Props {
  readonly label: string
  readonly value: string
  readonly onInput: (roubles: string) => void
}

/** An amount of money in roubles. */
export function AmountField({ label, value, onInput }: Props) {
  return (
    <label class={parts.field}>
      <span>{label}</span>
      <input
        class={parts.input}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value.replace(/[^\d.,]/g, ''))}
      />
    </label>
  )
}
