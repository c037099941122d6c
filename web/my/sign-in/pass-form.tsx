import { useState } from 'preact/hooks'
import { useWords } from '../app/words.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Wrong } from '../parts/wrong.tsx'
import styles from './sign-in.module.css'

interface Props {
  readonly busy: boolean
  readonly wrong: string | undefined
  readonly onEnter: (proof: { pass: string }, trust: boolean) => void
}

/** The pass that was given to who cannot be reached by a code. */
export function PassForm({ busy, wrong, onEnter }: Props) {
  const { w } = useWords()
  const [pass, setPass] = useState('')
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onEnter({ pass: pass.trim() }, false)
      }}
    >
      <p class={styles.lead}>{w.signIn.passLead}</p>
      <label class={parts.field}>
        <span>{w.signIn.pass}</span>
        <input
          class={parts.input}
          name="pass"
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          required
          value={pass}
          aria-invalid={wrong !== undefined}
          aria-describedby="pass-wrong"
          onInput={(event) => setPass(event.currentTarget.value)}
        />
      </label>
      <Wrong id="pass-wrong" text={wrong} />
      <Button type="submit" busy={busy} disabled={pass.trim().length < 8}>
        {w.signIn.enter}
      </Button>
    </form>
  )
}
