import { useState } from 'preact/hooks'
import { lines } from '../../../contracts/lines.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { NumberField } from './number-field.tsx'
import styles from './sign-in.module.css'

interface Props {
  readonly number: string
  readonly onNumber: (number: string) => void
}

/** Blocks a lost SIM by number and code word, without signing in. Whether they were right is told to the owner alone, elsewhere. */
export function LostSim({ number, onNumber }: Props) {
  const { w, locale } = useWords()
  const [codeWord, setCodeWord] = useState('')
  const [busy, setBusy] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const block = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call(lines.blockLostSim, { body: { msisdn: number, codeWord: codeWord.trim() } })
      setAsked(true)
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  if (isAsked)
    return (
      <div class={styles.form} role="status">
        <b>{w.signIn.word.done}</b>
        <p class={styles.lead}>{w.signIn.word.next}</p>
      </div>
    )
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void block()
      }}
    >
      <p class={styles.lead}>{w.signIn.word.lead}</p>
      <NumberField number={number} onNumber={onNumber} />
      <label class={parts.field}>
        <span>{w.signIn.word.codeWord}</span>
        <input
          class={parts.input}
          name="code-word"
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          required
          value={codeWord}
          onInput={(event) => setCodeWord(event.currentTarget.value)}
        />
      </label>
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {problemText(problem, locale)}
        </p>
      )}
      <Button type="submit" busy={busy} disabled={codeWord.trim() === ''}>
        {w.signIn.word.block}
      </Button>
    </form>
  )
}
