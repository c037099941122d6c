import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { Button } from '../parts/button.tsx'
import { msisdnIn } from '../parts/phone-input.tsx'
import { CodeForm } from './code-form.tsx'
import { LostSim } from './lost-sim.tsx'
import { NumberField } from './number-field.tsx'
import { PassForm } from './pass-form.tsx'
import styles from './sign-in.module.css'
import { useSignIn, type Way } from './use-sign-in.ts'

type State = ReturnType<typeof useSignIn>

/** The number, then the code; two more ways in for who has lost the SIM. */
export function SignIn() {
  const { w, locale } = useWords()
  const state = useSignIn()
  const { way, change, chooseLanguage } = state
  const other = locale === 'ru' ? 'en' : 'ru'
  return (
    <main class={styles.page}>
      <header class={styles.head}>
        <img src="/my/icon.svg" alt="" width="44" height="44" />
        <button type="button" class={styles.language} lang={other} onClick={() => chooseLanguage(other)}>
          {locale === 'ru' ? 'English' : 'Русский'}
        </button>
      </header>
      <h1>{way === 'word' ? w.signIn.word.title : w.signIn.title[way]}</h1>
      <Step state={state} />
      <OtherWays way={way} onWay={change} />
    </main>
  )
}

function Step({ state }: { state: State }) {
  const { w } = useWords()
  const { way, change, number, setNumber, sent, wrong, busy, send, enter } = state
  if (way === 'word') return <LostSim number={number} onNumber={setNumber} />
  if (way === 'pass') return <PassForm busy={busy} wrong={wrong} onEnter={enter} />
  if (!sent) return <NumberForm way={way} state={state} />
  return (
    <CodeForm
      lead={way === 'email' ? w.signIn.mailLead : w.signIn.codeLead(formatPhone(number.trim()))}
      againAt={sent.againAt}
      busy={busy}
      wrong={wrong}
      onEnter={enter}
      onAgain={send}
      onOther={() => change(way)}
    />
  )
}

function NumberForm({ way, state }: { way: 'sms' | 'email'; state: State }) {
  const { w } = useWords()
  const { number, setNumber, wrong, setWrong, busy, send } = state
  return (
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
  )
}

function OtherWays({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const { w } = useWords()
  const ways = [
    ['sms', w.signIn.bySms],
    ['word', w.signIn.byWord],
    ['email', w.signIn.byMail],
    ['pass', w.signIn.byPass],
  ] as const
  return (
    <section class={styles.ways} aria-label={w.signIn.lost}>
      <h2>{w.signIn.lost}</h2>
      {ways.map(
        ([other, words]) =>
          other !== way && (
            <Button key={other} look="plain" onClick={() => onWay(other)}>
              {words}
            </Button>
          ),
      )}
    </section>
  )
}
