import { useState } from 'preact/hooks'
import type { Connected } from '../../../contracts/lines.ts'
import { my } from '../../../contracts/my.ts'
import { formatDay, formatMoney } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { go } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Facts } from '../parts/facts.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { WordsField } from '../parts/words-field.tsx'
import { priceOf } from './price.ts'
import styles from './services.module.css'

interface Props {
  readonly lineId: string
  readonly connected: Connected
  /** However often it is sent, and after a lost answer, it is asked once. */
  readonly wishId: string
  readonly onClose: () => void
}

/** What the staff will read, with words of the person's own if they like; sent, a conversation begins and they go on in it. */
export function RefundSheet({ lineId, connected, wishId, onClose }: Props) {
  const { w, locale } = useWords()
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const send = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const body = { id: wishId, lineId, connectedId: connected.id, words: words.trim() }
      await call(my.askRefund, { body })
      onClose()
      go('help', 'chat')
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Sheet title={w.services.back.title(connected.offering.terms.title[locale])} onClose={onClose}>
      <p>{w.services.back.lead}</p>
      <SentFacts connected={connected} />
      <WordsField label={w.services.back.words} value={words} onInput={setWords} />
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {problemText(problem, locale)}
        </p>
      )}
      <div class={styles.acts}>
        <Button busy={busy} onClick={() => void send()}>
          {w.help.send}
        </Button>
        <Button look="plain" onClick={onClose}>
          {w.app.cancel}
        </Button>
      </div>
    </Sheet>
  )
}

function SentFacts({ connected }: Pick<Props, 'connected'>) {
  const { w, locale } = useWords()
  const { offering, since, feeKopecks, spentKopecks, consent } = connected
  const { terms } = offering
  const words = w.services.back
  const day = (at: string) => formatDay(at, locale)
  const through = consent && (w.services.through[consent.through] ?? consent.through)
  return (
    <Facts
      of={[
        terms.kind === 'content' && [words.partner, terms.partner.name],
        [words.since, day(since)],
        [words.price, priceOf(offering, w, locale, feeKopecks)],
        [words.spent, formatMoney(spentKopecks, locale)],
        [
          words.consent,
          consent && through ? words.agreed(day(consent.at), through, consent.words) : words.noConsent,
        ],
      ]}
    />
  )
}
