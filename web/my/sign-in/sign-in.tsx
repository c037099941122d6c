import { useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { speak, useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { keepSession } from '../data/session.ts'
import { Button } from '../parts/button.tsx'
import { CODE_DIGITS, CodeField } from '../parts/code-field.tsx'
import parts from '../parts/parts.module.css'
import { msisdnIn } from '../parts/phone-input.tsx'
import { useSecondsUntil } from '../parts/use-seconds-until.ts'
import { Wrong } from '../parts/wrong.tsx'
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
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  /** The language that was chosen here: it wins over the one that the person chose another time. */
  const [spoken, setSpoken] = useState<Locale>()
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await work()
    } catch (error) {
      setWrong(problemText(error instanceof ApiProblem ? error : undefined, locale))
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
    setWrong(undefined)
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
      <h1>{way === 'word' ? w.signIn.word.title : w.signIn.title[way]}</h1>
      {way === 'word' ? (
        <LostSim number={number} onNumber={setNumber} />
      ) : way === 'pass' ? (
        <PassForm busy={busy} wrong={wrong} onEnter={enter} />
      ) : sent ? (
        <CodeForm
          lead={way === 'email' ? w.signIn.mailLead : w.signIn.codeLead(formatPhone(number.trim()))}
          againAt={sent.againAt}
          busy={busy}
          wrong={wrong}
          onEnter={enter}
          onAgain={send}
          onOther={() => change(way)}
        />
      ) : (
        <form
          class={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (msisdnIn(number)) void send()
            else setWrong(w.signIn.notWhole)
          }}
        >
          <p class={styles.lead}>{w.signIn.lead[way]}</p>
          <NumberField number={number} onNumber={setNumber} wrong={wrong} />
          <Button type="submit" busy={busy}>
            {w.signIn.send}
          </Button>
        </form>
      )}
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
  readonly wrong: string | undefined
  readonly onEnter: (proof: { code: string }, trust: boolean) => void
  readonly onAgain: () => void
  readonly onOther: () => void
}

function CodeForm({ lead, againAt, busy, wrong, onEnter, onAgain, onOther }: CodeProps) {
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

function PassForm({
  busy,
  wrong,
  onEnter,
}: {
  busy: boolean
  wrong: string | undefined
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
