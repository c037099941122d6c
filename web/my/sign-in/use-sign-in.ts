import { useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { deviceName } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { speak, useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { keepSession } from '../data/session.ts'

export type Way = 'sms' | 'email' | 'pass' | 'word'
type Proof = { readonly code: string } | { readonly pass: string }
interface Sent {
  readonly challengeId: string
  readonly againAt: number
}

/** The way in from the number to the session. */
export function useSignIn() {
  const { locale } = useWords()
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
  const enter = (proof: Proof, trust: boolean) =>
    doing(async () => {
      const device = { name: deviceName(navigator.userAgent), trust }
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
  const chooseLanguage = (language: Locale) => {
    setSpoken(language)
    speak(language)
  }
  return { way, change, number, setNumber, sent, wrong, setWrong, busy, send, enter, chooseLanguage }
}

/** For the next time as well; where that cannot be kept, the app speaks it now all the same. */
const keepLanguage = (locale: Locale) =>
  call(my.changeMySession, { body: { locale } }).then(
    () => undefined,
    () => undefined,
  )
