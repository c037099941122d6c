import { useWords } from '../app/words.ts'
import parts from '../parts/parts.module.css'

interface Props {
  readonly number: string
  readonly onNumber: (number: string) => void
}

/** The number that somebody signs in with, or has lost. */
export function NumberField({ number, onNumber }: Props) {
  const { w } = useWords()
  return (
    <label class={parts.field}>
      <span>{w.signIn.number}</span>
      <input
        class={parts.input}
        type="tel"
        name="msisdn"
        inputMode="tel"
        autoComplete="tel"
        required
        value={number}
        onInput={(event) => onNumber(event.currentTarget.value)}
      />
    </label>
  )
}
