import { useEffect, useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { CODE_DIGITS, CodeField } from '../parts/code-field.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { useSecondsUntil } from '../parts/use-seconds-until.ts'

interface Props {
  readonly onFresh: () => void
  readonly onClose: () => void
}

interface Sent {
  readonly challengeId: string
  readonly masked: string
  readonly againAt: string
}

/** Asks for a code by SMS before money leaves the line. */
export function FreshCode({ onFresh, onClose }: Props) {
  const { w, locale } = useWords()
  const [sent, setSent] = useState<Sent>()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const seconds = useSecondsUntil(sent ? Date.parse(sent.againAt) : 0)
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await work()
    } catch (error) {
      setWrong(problemText(error, locale))
    }
    setBusy(false)
  }
  const send = () => doing(async () => setSent(await call(my.sendFreshCode, {})))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    void send()
  }, [])
  const confirm = (digits: string) =>
    doing(async () => {
      if (!sent) return
      await call(my.confirmFreshCode, { body: { challengeId: sent.challengeId, code: digits } })
      onFresh()
    })
  return (
    <Sheet title={w.fresh.title} onClose={onClose}>
      <form
        class={parts.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (code.length === CODE_DIGITS && !busy) void confirm(code)
        }}
      >
        {sent && <p>{w.fresh.lead(formatPhone(sent.masked))}</p>}
        <CodeField
          code={code}
          onCode={setCode}
          onWhole={(whole) => sent && !busy && void confirm(whole)}
          wrong={wrong}
        />
        <Button type="submit" busy={busy} disabled={!sent || code.length < CODE_DIGITS}>
          {w.fresh.confirm}
        </Button>
        <Button look="plain" disabled={busy || seconds > 0} onClick={() => void send()}>
          {seconds > 0 ? w.signIn.againIn(seconds) : w.signIn.again}
        </Button>
      </form>
    </Sheet>
  )
}
