import { useState } from 'preact/hooks'
import { lines } from '../../../contracts/lines.ts'
import { isProblem } from '../../shared/api/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { call } from '../data/api.ts'
import { lookAgain } from '../data/reading.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { say } from '../parts/toast.tsx'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

interface Props {
  readonly lineId: string
  readonly isSet: boolean
}

/** The word by which a lost SIM is blocked from anywhere. It is never shown again. */
export function CodeWord({ lineId, isSet }: Props) {
  const { w } = useSettingsWords()
  const [asks, setAsks] = useState(false)
  return (
    <li class={styles.row}>
      <span>
        <b>{w.settings.codeWord}</b>
        <small>{isSet ? w.settings.codeWordSet : w.settings.codeWordLead}</small>
      </span>
      <Button look="soft" onClick={() => setAsks(true)}>
        {isSet ? w.settings.codeWordOther : w.settings.codeWordNew}
      </Button>
      {asks && <WordSheet lineId={lineId} onClose={() => setAsks(false)} />}
    </li>
  )
}

const LEAST = 4
const MOST = 60

function WordSheet({ lineId, onClose }: { readonly lineId: string; readonly onClose: () => void }) {
  const { w, locale } = useSettingsWords()
  const [word, setWord] = useState('')
  const [wantsCode, setWantsCode] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const save = async () => {
    setProblem(undefined)
    setWantsCode(false)
    try {
      await call(lines.setCodeWord, { params: { id: lineId }, body: { word: word.trim() } })
      lookAgain(`line:${lineId}`)
      say({ text: w.settings.codeWordSaved })
      onClose()
    } catch (error) {
      if (isProblem(error, 'fresh_code_required')) setWantsCode(true)
      else setProblem(error)
    }
  }
  if (wantsCode) return <FreshCode onFresh={() => void save()} onClose={() => setWantsCode(false)} />
  return (
    <Sheet title={w.settings.codeWord} onClose={onClose}>
      <form
        class={styles.block}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>{w.settings.codeWordHow}</p>
        <label class={parts.field}>
          <span>{w.settings.codeWord}</span>
          <input
            class={parts.input}
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            maxLength={MOST}
            value={word}
            onInput={(event) => setWord(event.currentTarget.value)}
          />
        </label>
        {problem !== undefined && (
          <p class={parts.wrong} role="alert">
            {problemText(problem, locale)}
          </p>
        )}
        <Button type="submit" disabled={word.trim().length < LEAST}>
          {w.app.save}
        </Button>
      </form>
    </Sheet>
  )
}
