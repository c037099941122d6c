import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../app/words.ts'
import parts from '../parts/parts.module.css'
import { Wrong } from '../parts/wrong.tsx'

interface Props {
  readonly number: string
  readonly onNumber: (number: string) => void
  /** Why it does not do; the field is gone back to. */
  readonly wrong?: string | undefined
}

/** The number that somebody signs in with, or has lost. */
export function NumberField({ number, onNumber, wrong }: Props) {
  const { w } = useWords()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wrong) input.current?.focus()
  }, [wrong])
  return (
    <>
      <label class={parts.field}>
        <span>{w.signIn.number}</span>
        <input
          ref={input}
          class={parts.input}
          type="tel"
          name="msisdn"
          inputMode="tel"
          autoComplete="tel"
          required
          aria-invalid={wrong !== undefined}
          aria-describedby="number-wrong"
          value={number}
          onInput={(event) => onNumber(event.currentTarget.value)}
        />
      </label>
      <Wrong id="number-wrong" text={wrong} />
    </>
  )
}
