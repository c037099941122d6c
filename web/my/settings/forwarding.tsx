import { useState } from 'preact/hooks'
import type { LineSettings } from '../../../contracts/lines.ts'
import { ForwardingCondition } from '../../../contracts/orders.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { msisdnIn, PhoneInput } from '../parts/phone-input.tsx'
import type { Ask } from './ask.ts'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

type Condition = LineSettings['forwarding'][number]['condition']
const CONDITIONS = ForwardingCondition.options

interface Props {
  readonly forwarding: LineSettings['forwarding']
  readonly ask: Ask
}

/** Where calls go that one cannot or will not answer: what is set, and one more. */
export function Forwarding({ forwarding, ask }: Props) {
  const { w } = useSettingsWords()
  const [condition, setCondition] = useState<Condition>('no-answer')
  const [to, setTo] = useState('')
  const toMsisdn = msisdnIn(to)
  const words = w.settings.forwardingWhen
  return (
    <li class={styles.block}>
      <b>{w.settings.forwarding}</b>
      <small>{forwarding.length === 0 ? w.settings.notForwarded : w.settings.forwardingLead}</small>
      {forwarding.map((one) => (
        <div key={one.condition} class={styles.row}>
          <span>
            {formatPhone(`+${one.toMsisdn}`)}
            <small>{words[one.condition]}</small>
          </span>
          <Button
            look="plain"
            aria-label={`${w.settings.remove}: ${words[one.condition]}`}
            onClick={() =>
              ask(
                { kind: 'set-forwarding', condition: one.condition, toMsisdn: null },
                w.settings.forwarding,
                w.settings.remove,
              )
            }
          >
            {w.settings.remove}
          </Button>
        </div>
      ))}
      <form
        class={styles.inline}
        aria-label={w.settings.forwarding}
        onSubmit={(event) => {
          event.preventDefault()
          if (toMsisdn !== undefined)
            ask({ kind: 'set-forwarding', condition, toMsisdn }, w.settings.forwarding)
        }}
      >
        <select
          class={parts.input}
          aria-label={w.settings.forwardingWhich}
          value={condition}
          onChange={(event) =>
            setCondition(CONDITIONS.find((one) => one === event.currentTarget.value) ?? condition)
          }
        >
          {CONDITIONS.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </select>
        <PhoneInput label={w.settings.forwardingTo} value={to} onValue={setTo} />
        <Button look="soft" type="submit" disabled={toMsisdn === undefined}>
          {w.app.save}
        </Button>
      </form>
    </li>
  )
}
