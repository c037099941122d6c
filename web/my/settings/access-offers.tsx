import { useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import { formatMoment, formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { call } from '../data/api.ts'
import { lookAgain, useReading } from '../data/reading.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { say } from '../parts/toast.tsx'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

/** Lines that others want to let this person see. Nothing where nobody does. */
export function AccessOffers() {
  const { w } = useSettingsWords()
  const { value: offers = [] } = useReading('access-offers', () => call(my.listAccessOffers, {}))
  if (offers.length === 0) return null
  return (
    <section class={parts.card} aria-labelledby="access-offers">
      <h2 id="access-offers">{w.access.offers}</h2>
      <p class={styles.lead}>{w.access.offersLead}</p>
      <ul class={parts.list}>
        {offers.map((one) => (
          <Offer key={one.id} {...one} />
        ))}
      </ul>
    </section>
  )
}

function Offer({
  id,
  msisdn,
  until,
}: {
  readonly id: string
  readonly msisdn: string
  readonly until: string
}) {
  const { w, locale } = useSettingsWords()
  const [busy, setBusy] = useState(false)
  const number = formatPhone(msisdn)
  const answer = async (accept: boolean) => {
    setBusy(true)
    try {
      await call(my.answerAccessOffer, { params: { id }, body: { accept } })
      say({ text: accept ? w.access.accepted : w.access.declined })
      if (accept) lookAgain('session')
    } catch (error) {
      say({ text: problemText(error, locale), tone: 'trouble' })
    }
    setBusy(false)
    lookAgain('access-offers')
  }
  return (
    <li class={styles.block}>
      <span>
        <b>{number}</b>
        <small>{w.access.answerBy(formatMoment(until, locale))}</small>
      </span>
      <div class={styles.inline}>
        <Button busy={busy} aria-label={`${w.access.accept}: ${number}`} onClick={() => void answer(true)}>
          {w.access.accept}
        </Button>
        <Button
          look="plain"
          disabled={busy}
          aria-label={`${w.access.decline}: ${number}`}
          onClick={() => void answer(false)}
        >
          {w.access.decline}
        </Button>
      </div>
    </li>
  )
}
