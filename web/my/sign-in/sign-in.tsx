import { useEffect, useRef, useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { speak, useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { keepSession } from '../data/session.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { deviceName } from './device-name.ts'
import { LostSim } from './lost-sim.tsx'
import { NumberField } from './number-field.tsx'
import styles from './sign-in.module.css'

type Way = 'sms' | 'email' | 'pass' | 'word'
interface Sent {
  readonly challengeId: string
  readonly againAt: number
}

/** The number, then the code; two more ways in for who has lost the SIM. */
export function SignIn() {
  const { w, locale } = useWords()
  const [way, setWay] = useState<Way>('sms')
  const [number, setNumber] = useState('+7 ')
  const [sent, setSent] = useState<Sent>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  /** The language that was chosen here: it wins over the one that the person chose another time. */
  const [spoken, setSpoken] = useState<Locale>()
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const send = () =>
    doing(async () => {
      const { challengeId, againAt } = await call(my.startSignIn, {
        body: { msisdn: number, by: way === 'email' ? 'email' : 'sms', locale },
      })
      setSent({ challengeId, againAt: Date.parse(againAt) })
    })
  const enter = (proof: { code: string } | { pass: string }, trust: boolean) =>
    doing(async () => {
      const device = { name: deviceName(), trust }
      const body =
        'pass' in proof ? { ...proof, device } : { challengeId: sent?.challengeId ?? '', ...proof, device }
      const session = await call(my.signInToMy, { body })
      const language = spoken ?? session.locale
      if (language !== session.locale) await keepLanguage(language)
      speak(language)
      keepSession({ ...session, locale: language })
    })
  const change = (next: Way) => {
    setWay(next)
    setSent(undefined)
    setProblem(undefined)
  }
  return (
    <main class={styles.page}>
      <header class={styles.head}>
        <img src="/my/icon.svg" alt="" width="44" height="44" />
        <button
          type="button"
          class={styles.language}
          lang={locale === 'ru' ? 'en' : 'ru'}
          onClick={() => {
            const other = locale === 'ru' ? 'en' : 'ru'
            setSpoken(other)
            speak(other)
          }}
        >
          {locale === 'ru' ? 'English' : 'Русский'}
        </button>
      </header>
      <h1>{way === 'word' ? w.signIn.word.title : w.signIn.title}</h1>
      {way === 'word' ? (
        <LostSim number={number} onNumber={setNumber} />
      ) : way === 'pass' ? (
        <PassForm busy={busy} onEnter={enter} />
      ) : sent ? (
        <CodeForm
          lead={way === 'email' ? w.signIn.mailLead : w.signIn.codeLead(formatPhone(number.trim()))}
          againAt={sent.againAt}
          busy={busy}
          onEnter={enter}
          onAgain={send}
          onOther={() => setSent(undefined)}
        />
      ) : (
        <form
          class={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <p class={styles.lead}>{w.signIn.lead}</p>
          <NumberField number={number} onNumber={setNumber} />
          <Button type="submit" busy={busy}>
            {w.signIn.send}
          </Button>
        </form>
      )}
      <p class={parts.wrong} role="alert">
        {problem !== undefined && problemText(problem instanceof ApiProblem ? problem : undefined, locale)}
      </p>
      <section class={styles.ways} aria-label={w.signIn.lost}>
        <h2>{w.signIn.lost}</h2>
        {way !== 'sms' && (
          <Button look="plain" onClick={() => change('sms')}>
            {w.signIn.bySms}
          </Button>
        )}
        {way !== 'word' && (
          <Button look="plain" onClick={() => change('word')}>
            {w.signIn.byWord}
          </Button>
        )}
        {way !== 'email' && (
          <Button look="plain" onClick={() => change('email')}>
            {w.signIn.byMail}
          </Button>
        )}
        {way !== 'pass' && (
          <Button look="plain" onClick={() => change('pass')}>
            {w.signIn.byPass}
          </Button>
        )}
      </section>
    </main>
  )
}

/** For the next time as well; where that cannot be kept, the app speaks it now all the same. */
const keepLanguage = (locale: Locale) =>
  call(my.changeMySession, { body: { locale } }).then(
    () => undefined,
    () => undefined,
  )

interface CodeProps {
  readonly lead: string
  readonly againAt: number
  readonly busy: boolean
  readonly onEnter: (proof: { code: string }, trust: boolean) => void
  readonly onAgain: () => void
  readonly onOther: () => void
}

const DIGITS = 6

function CodeForm({ lead, againAt, busy, onEnter, onAgain, onOther }: CodeProps) {
  const { w } = useWords()
  const [code, setCode] = useState('')
  const [trust, setTrust] = useState(true)
  const input = useRef<HTMLInputElement>(null)
  const seconds = useSecondsUntil(againAt)
  useEffect(() => input.current?.focus(), [])
  const typed = (value: string) => {
    const digits = value.replace(/\D/g, '').slice(0, DIGITS)
    setCode(digits)
    // The last digit is the whole answer: nobody needs a button after it.
    if (digits.length === DIGITS && digits !== code && !busy) onEnter({ code: digits }, trust)
  }
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (code.length === DIGITS) onEnter({ code }, trust)
      }}
    >
      <p class={styles.lead}>{lead}</p>
      <label class={parts.field}>
        <span>{w.signIn.code}</span>
        <input
          ref={input}
          class={`${parts.input} ${styles.code}`}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onInput={(event) => typed(event.currentTarget.value)}
        />
      </label>
      <TrustBox trust={trust} onTrust={setTrust} />
      <Button type="submit" busy={busy} disabled={code.length < DIGITS}>
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

function PassForm({
  busy,
  onEnter,
}: {
  busy: boolean
  onEnter: (proof: { pass: string }, trust: boolean) => void
}) {
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
          onInput={(event) => setPass(event.currentTarget.value)}
        />
      </label>
      <Button type="submit" busy={busy} disabled={pass.trim().length < 8}>
        {w.signIn.enter}
      </Button>
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

function useSecondsUntil(at: number): number {
  const left = () => Math.max(0, Math.ceil((at - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(left)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` is made of `at`
  useEffect(() => {
    setSeconds(left())
    const timer = setInterval(() => setSeconds(left()), 1000)
    return () => clearInterval(timer)
  }, [at])
  return seconds
}
