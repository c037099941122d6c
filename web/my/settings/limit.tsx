import { useState } from 'preact/hooks'
import type { LineSettings } from '../../../contracts/lines.ts'
import { formatMoney } from '../../shared/format/index.ts'
import { kopecksOf } from '../finance/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import type { Ask } from './ask.ts'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

interface Props {
  readonly name: 'spend-month' | 'roaming-day'
  readonly settings: LineSettings
  readonly ask: Ask
}

const OF_LINE = { 'spend-month': 'spendMonthKopecks', 'roaming-day': 'roamingDayKopecks' } as const

/** How much may be spent beyond the tariff, in a month or in a day abroad. */
export function Limit({ name, settings, ask }: Props) {
  const { w, locale } = useSettingsWords()
  const [roubles, setRoubles] = useState('')
  const now = settings.limits[OF_LINE[name]]
  const amountKopecks = kopecksOf(roubles)
  const words = w.settings.limits[name]
  return (
    <li class={styles.block}>
      <b>{words.title}</b>
      <small>
        {now === null ? w.settings.noLimit : w.settings.limitSet(formatMoney(now, locale))}
        {' · '}
        {words.lead(formatMoney(settings.spentThisMonthKopecks, locale))}
      </small>
      <form
        class={styles.inline}
        aria-label={words.title}
        onSubmit={(event) => {
          event.preventDefault()
          if (amountKopecks === 0) return
          const title = `${words.title}: ${formatMoney(amountKopecks, locale)}`
          ask({ kind: 'set-limit', limit: name, amountKopecks }, title)
        }}
      >
        <input
          class={parts.input}
          aria-label={w.app.amount}
          placeholder={w.app.amount}
          inputMode="decimal"
          value={roubles}
          onInput={(event) => setRoubles(event.currentTarget.value.replace(/[^\d.,]/g, ''))}
        />
        <Button look="soft" type="submit" disabled={amountKopecks === 0}>
          {w.app.save}
        </Button>
        {now !== null && (
          <Button
            look="plain"
            onClick={() =>
              ask({ kind: 'set-limit', limit: name, amountKopecks: null }, words.title, w.settings.remove)
            }
          >
            {w.settings.remove}
          </Button>
        )}
      </form>
    </li>
  )
}
