import { useState } from 'preact/hooks'
import { useWords } from '../app/words.ts'
import { Button } from '../parts/button.tsx'
import { CODE_DIGITS, CodeField } from '../parts/code-field.tsx'
import { useSecondsUntil } from '../parts/use-seconds-until.ts'
import styles from './sign-in.module.css'

interface Props {
  readonly lead: string
  readonly againAt: number
  readonly busy: boolean
  readonly wrong: string | undefined
  readonly onEnter: (proof: { code: string }, trust: boolean) => void
  readonly onAgain: () => void
  readonly onOther: () => void
}

/** The code that was sent, and another one if it does not come. */
export function CodeForm({ lead, againAt, busy, wrong, onEnter, onAgain, onOther }: Props) {
  const { w } = useWords()
  const [code, setCode] = useState('')
  const [trust, setTrust] = useState(true)
  const seconds = useSecondsUntil(againAt)
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (code.length === CODE_DIGITS) onEnter({ code }, trust)
      }}
    >
      <p class={styles.lead}>{lead}</p>
      <CodeField
        code={code}
        onCode={setCode}
        onWhole={(whole) => !busy && onEnter({ code: whole }, trust)}
        wrong={wrong}
      />
      <TrustBox trust={trust} onTrust={setTrust} />
      <Button type="submit" busy={busy} disabled={code.length < CODE_DIGITS}>
        {w.signIn.enter}
      </Button>
      <div class={styles.row}>
        <Button look="plain" disabled={seconds > 0} onClick={onAgain}>
          {seconds > 0 ? w.signIn.againIn(seconds) : w.signIn.again}
        </Button>
        <Button look="plain" onClick={onOther}>
          {w.signIn.other}
        </Button>
      </div>
    </form>
  )
}

function TrustBox({ trust, onTrust }: { trust: boolean; onTrust: (trust: boolean) => void }) {
  const { w } = useWords()
  return (
    <label class={styles.trust}>
      <input type="checkbox" checked={trust} onChange={(event) => onTrust(event.currentTarget.checked)} />
      <span>
        <b>{w.signIn.trust}</b>
        <small>{w.signIn.trustWhy}</small>
      </span>
    </label>
  )
}
