import { useEffect, useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'

interface Props {
  readonly onFresh: () => void
  readonly onClose: () => void
}

/** Asks for a code by SMS before money leaves the line. */
export function FreshCode({ onFresh, onClose }: Props) {
  const { w, locale } = useWords()
  const [sent, setSent] = useState<{ challengeId: string; masked: string }>()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<unknown>()
  useEffect(() => {
    call(my.sendFreshCode, {}).then(setSent, setProblem)
  }, [])
  const confirm = async () => {
    if (!sent) return
    setProblem(undefined)
    try {
      await call(my.confirmFreshCode, { body: { challengeId: sent.challengeId, code } })
      onFresh()
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <Sheet title={w.fresh.title} onClose={onClose}>
      {sent && <p>{w.fresh.lead(formatPhone(sent.masked))}</p>}
      <label class={parts.field}>
        <span>{w.signIn.code}</span>
        <input
          class={parts.input}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
        />
      </label>
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {problemText(problem, locale)}
        </p>
      )}
      <Button disabled={!sent || code.length < 6} onClick={() => void confirm()}>
        {w.fresh.confirm}
      </Button>
    </Sheet>
  )
}
