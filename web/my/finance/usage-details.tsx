import { useEffect, useState } from 'preact/hooks'
import type { UsageRecord } from '../../../contracts/lines.ts'
import { isProblem } from '../../shared/api/index.ts'
import {
  countryName,
  daysIn,
  formatMoney,
  formatPhone,
  formatTime,
  formatVolume,
} from '../../shared/format/index.ts'
import { type UsageWanted, useUsage } from '../data/lines.ts'
import { useLasting } from '../data/reading.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown, Skeleton } from '../parts/states.tsx'
import { DayList } from './day-list.tsx'
import { ExportButtons } from './export-buttons.tsx'
import styles from './finance.module.css'
import { useFinanceWords } from './finance-words.ts'

const KINDS = [null, 'data', 'voice', 'sms'] as const

interface Props {
  readonly lineId: string
  readonly month: string
}

/** Calls, messages and data one by one: nothing is fetched before somebody asks, and then a code stands before it. */
export function UsageDetails({ lineId, month }: Props) {
  const { w } = useFinanceWords()
  const [asked, setAsked] = useState(false)
  return (
    <section class={parts.card} aria-labelledby="details">
      <h2 id="details">{w.finance.details.title}</h2>
      {asked ? (
        <Details lineId={lineId} month={month} onLeave={() => setAsked(false)} />
      ) : (
        <Closed onOpen={() => setAsked(true)} />
      )}
    </section>
  )
}

function Closed({ onOpen }: { readonly onOpen: () => void }) {
  const { w } = useFinanceWords()
  return (
    <>
      <p class={styles.note}>{w.finance.details.lead}</p>
      <Button look="soft" onClick={onOpen}>
        {w.finance.details.show}
      </Button>
    </>
  )
}

function Details({ lineId, month, onLeave }: Props & { readonly onLeave: () => void }) {
  const [wanted, setWanted] = useState<UsageWanted>({ month, day: null, type: null })
  const reading = useUsage(lineId, wanted)
  const shown = useLasting(reading)
  // A code is sent to who has just asked to see, never by a list that renews itself when the minutes are over.
  const [wantsCode, setWantsCode] = useState(true)
  useEffect(() => {
    if (reading.value !== undefined) setWantsCode(false)
  }, [reading.value])
  const { w } = useFinanceWords()
  if (isProblem(reading.problem, 'fresh_code_required')) {
    if (!wantsCode) return <Closed onOpen={() => setWantsCode(true)} />
    return (
      <>
        <Skeleton rows={1} />
        {!reading.busy && <FreshCode onClose={onLeave} onFresh={reading.again} />}
      </>
    )
  }
  const choose = (change: Partial<UsageWanted>) => setWanted({ ...wanted, ...change })
  return (
    <>
      <Filters wanted={wanted} choose={choose} />
      <Shown reading={shown} rows={1}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p class={styles.note}>{w.finance.details.empty}</p>}
            <DayList items={items}>{(record) => <Record key={record.id} record={record} />}</DayList>
            {items.some(({ kopecks }) => kopecks === null) && (
              <p class={styles.note}>{w.finance.details.unsettledWhy}</p>
            )}
            {next !== null && (
              <Button look="plain" busy={shown.fetching} onClick={shown.more}>
                {w.app.more}
              </Button>
            )}
            {items.length > 0 && <ExportButtons what="usage" lineId={lineId} month={month} />}
          </>
        )}
      </Shown>
    </>
  )
}

interface FiltersProps {
  readonly wanted: UsageWanted
  readonly choose: (change: Partial<UsageWanted>) => void
}

function Filters({ wanted, choose }: FiltersProps) {
  const { w } = useFinanceWords()
  const words = w.finance.details
  const days = Array.from({ length: daysIn(wanted.month) }, (_, n) => n + 1)
  return (
    <div class={styles.filters}>
      <fieldset class={styles.kinds} aria-label={words.filter}>
        {KINDS.map((type) => (
          <label key={type}>
            <input
              type="radio"
              name="kind"
              checked={wanted.type === type}
              onChange={() => choose({ type })}
            />
            {type === null ? words.all : words.type[type]}
          </label>
        ))}
      </fieldset>
      <select
        class={styles.days}
        aria-label={words.day}
        value={wanted.day ?? ''}
        onChange={({ currentTarget: { value } }) => choose({ day: value === '' ? null : Number(value) })}
      >
        <option value="">{words.wholeMonth}</option>
        {days.map((day) => (
          <option key={day} value={day}>
            {day}
          </option>
        ))}
      </select>
    </div>
  )
}

function Record({ record }: { readonly record: UsageRecord }) {
  const { w, locale } = useFinanceWords()
  const words = w.finance.details
  const { at, type, direction, amount, kopecks, roaming, other } = record
  const who = type === 'data' ? words.type.data : other === null ? words[direction] : formatPhone(other)
  const how = type === 'data' || other === null ? [] : [words[direction].toLocaleLowerCase(locale)]
  const where = roaming === null ? [] : [words.abroad(countryName(roaming, locale))]
  return (
    <li class={styles.movement}>
      <span>
        {who}
        <small>{[formatTime(at, locale), ...how, ...where].join(' · ')}</small>
      </span>
      <span class={`tabular ${styles.amounts}`}>
        <b>{formatVolume(type, amount, locale)}</b>
        <small>{kopecks === null ? words.unsettled : formatMoney(-kopecks, locale)}</small>
      </span>
    </li>
  )
}
