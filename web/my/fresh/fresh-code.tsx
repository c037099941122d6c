import { useEffect, useRef, useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { useSecondsUntil } from '../parts/use-seconds-until.ts'
import { Wrong } from '../parts/wrong.tsx'

interface Props {
  readonly onFresh: () => void
  readonly onClose: () => void
}

interface Sent {
  readonly challengeId: string
  readonly masked: string
  readonly againAt: string
}

const DIGITS = 6

/** Asks for a code by SMS before money leaves the line. */
export function FreshCode({ onFresh, onClose }: Props) {
  const { w, locale } = useWords()
  const [sent, setSent] = useState<Sent>()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const seconds = useSecondsUntil(sent ? Date.parse(sent.againAt) : 0)
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await work()
    } catch (error) {
      setWrong(problemText(error, locale))
      input.current?.select()
    }
    setBusy(false)
  }
  const send = () => doing(async () => setSent(await call(my.sendFreshCode, {})))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    input.current?.focus()
    void send()
  }, [])
  const confirm = (digits: string) =>
    doing(async () => {
      if (!sent) return
      await call(my.confirmFreshCode, { body: { challengeId: sent.challengeId, code: digits } })
      onFresh()
    })
  const typed = (value: string) => {
    const digits = value.replace(/\D/g, '').slice(0, DIGITS)
    setCode(digits)
    // The last digit is the whole answer, as at the door.
    if (digits.length === DIGITS && digits !== code && sent && !busy) void confirm(digits)
  }
  return (
    <Sheet title={w.fresh.title} onClose={onClose}>
      <form
        class={parts.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (code.length === DIGITS && !busy) void confirm(code)
        }}
      >
        {sent && <p>{w.fresh.lead(formatPhone(sent.masked))}</p>}
        <label class={parts.field}>
          <span>{w.signIn.code}</span>
          <input
            ref={input}
            class={parts.input}
            inputMode="numeric"
            autoComplete="one-time-code"
            aria-invalid={wrong !== undefined}
            aria-describedby="fresh-wrong"
            value={code}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        </label>
        <Wrong id="fresh-wrong" text={wrong} />
        <Button type="submit" busy={busy} disabled={!sent || code.length < DIGITS}>
          {w.fresh.confirm}
        </Button>
        <Button look="plain" disabled={busy || seconds > 0} onClick={() => void send()}>
          {seconds > 0 ? w.signIn.againIn(seconds) : w.signIn.again}
        </Button>
      </form>
    </Sheet>
  )
}
