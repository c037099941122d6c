import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../app/words.ts'
import styles from './code-field.module.css'
import parts from './parts.module.css'
import { Wrong } from './wrong.tsx'

/** Digits of a one-time code. */
export const CODE_DIGITS = 6

interface Props {
  readonly code: string
  readonly onCode: (digits: string) => void
  /** The last digit is the whole answer: nobody needs a button after it. */
  readonly onWhole: (digits: string) => void
  /** Why it does not do; what is typed next takes its place. */
  readonly wrong: string | undefined
}

/** The one-time code that came. */
export function CodeField({ code, onCode, onWhole, wrong }: Props) {
  const { w } = useWords()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    if (wrong) input.current?.select()
  }, [wrong])
  const typed = (value: string) => {
    const digits = value.replace(/\D/g, '').slice(0, CODE_DIGITS)
    onCode(digits)
    if (digits.length === CODE_DIGITS && digits !== code) onWhole(digits)
  }
  return (
    <>
      <label class={parts.field}>
        <span>{w.signIn.code}</span>
        <input
          ref={input}
          class={`${parts.input} ${styles.code}`}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          aria-invalid={wrong !== undefined}
          aria-describedby="code-wrong"
          value={code}
          onInput={(event) => typed(event.currentTarget.value)}
        />
      </label>
      <Wrong id="code-wrong" text={wrong} />
    </>
  )
}
