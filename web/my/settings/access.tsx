import { useState } from 'preact/hooks'
import { formatMoment, formatPhone, formatSince } from '../../shared/format/index.ts'
import { useLineSettings } from '../data/lines.ts'
import { useSession } from '../data/session.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { takeBack } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { msisdnIn, PhoneInput } from '../parts/phone-input.tsx'
import { Shown } from '../parts/states.tsx'
import type { Ask } from './ask.ts'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

interface Props {
  readonly lineId: string
  readonly ask: Ask
}

/** Who else has to do with the number, whom the owner has asked, and one more. */
export function Access({ lineId, ask }: Props) {
  const { w, locale } = useSettingsWords()
  return (
    <section class={parts.card} aria-labelledby="access">
      <h2 id="access">{w.access.title}</h2>
      <Shown reading={useLineSettings(lineId)} rows={1}>
        {({ people, offered = [] }) => (
          <ul class={parts.list}>
            {people.map(({ id, name, role, since }) => (
              <li key={id} class={styles.row}>
                <span>
                  <b>{name}</b>
                  <small>
                    {w.access.role[role]} · {formatSince(since, locale)}
                  </small>
                </span>
                {role === 'trusted' && (
                  <Button
                    look="plain"
                    aria-label={`${w.access.end}: ${name}`}
                    onClick={() =>
                      ask(
                        { kind: 'end-access', partyId: id },
                        w.access.endTitle(name),
                        w.access.endConfirm,
                        w.access.ended,
                      )
                    }
                  >
                    {w.access.end}
                  </Button>
                )}
              </li>
            ))}
            {offered.map((one) => (
              <Asked key={one.orderId} lineId={lineId} {...one} />
            ))}
            <li class={styles.block}>
              <Invite ask={ask} />
            </li>
          </ul>
        )}
      </Shown>
    </section>
  )
}

interface AskedProps {
  readonly lineId: string
  readonly orderId: string
  readonly msisdn: string
  readonly until: string
}

function Asked({ lineId, orderId, msisdn, until }: AskedProps) {
  const { w, locale } = useSettingsWords()
  const number = formatPhone(msisdn)
  return (
    <li class={styles.row}>
      <span>
        <b>{number}</b>
        <small>{w.access.waits(formatMoment(until, locale))}</small>
      </span>
      <Button
        look="plain"
        aria-label={`${w.access.withdraw}: ${number}`}
        onClick={() => void takeBack({ id: orderId, lineId }, w.access.withdrawn, locale)}
      >
        {w.access.withdraw}
      </Button>
    </li>
  )
}

/** Asks for the number, and for a code of a moment ago before the question: a phone that lies open lets nobody in. */
function Invite({ ask }: { readonly ask: Ask }) {
  const { w } = useSettingsWords()
  const freshUntil = useSession().value?.freshUntil
  const [to, setTo] = useState('')
  const [wantsCode, setWantsCode] = useState(false)
  const [isFresh, setFresh] = useState(false)
  const toMsisdn = msisdnIn(to)
  const go = () => {
    if (toMsisdn === undefined) return
    setWantsCode(false)
    setTo('')
    ask(
      { kind: 'share-line', toMsisdn },
      w.access.askTitle(formatPhone(toMsisdn)),
      w.access.ask,
      w.access.asked,
    )
  }
  const begin = () => {
    const stillFresh = isFresh || (freshUntil && Date.parse(freshUntil) > Date.now())
    if (stillFresh) go()
    else setWantsCode(true)
  }
  return (
    <>
      <b>{w.access.more}</b>
      <small>{w.access.lead}</small>
      <form
        class={styles.inline}
        aria-label={w.access.more}
        onSubmit={(event) => {
          event.preventDefault()
          if (toMsisdn !== undefined) begin()
        }}
      >
        <PhoneInput label={w.access.number} value={to} onValue={setTo} />
        <Button look="soft" type="submit" disabled={toMsisdn === undefined}>
          {w.access.ask}
        </Button>
      </form>
      {wantsCode && (
        <FreshCode
          onClose={() => setWantsCode(false)}
          onFresh={() => {
            setFresh(true)
            go()
          }}
        />
      )}
    </>
  )
}
