import type { ChargeSummary } from '../../../contracts/lines.ts'
import { daysIn, formatDay, formatMoney } from '../../shared/format/index.ts'
import styles from './finance.module.css'
import { useFinanceWords } from './finance-words.ts'

interface Props {
  readonly month: string
  readonly days: ChargeSummary['byDay']
}

/** What was spent, day by day, from nothing upwards; the table behind it says the same in numbers. */
export function Bars({ month, days }: Props) {
  const { w, locale } = useFinanceWords()
  const spent = new Map(days.map(({ day, kopecks }) => [Number(day.slice(8)), -kopecks]))
  const most = Math.max(1, ...spent.values())
  const [topDay, top] = [...spent].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])
  const all = Array.from({ length: daysIn(month) }, (_, n) => n + 1)
  if (spent.size === 0) return null
  return (
    <figure class={styles.figure}>
      <figcaption>{w.finance.byDay}</figcaption>
      <div class={styles.bars} aria-hidden="true">
        {all.map((day) => (
          <span
            key={day}
            class={styles.bar}
            style={{ blockSize: `${Math.round((100 * (spent.get(day) ?? 0)) / most)}%` }}
          >
            {day === topDay && <span class={styles.barLabel}>{formatMoney(top, locale)}</span>}
          </span>
        ))}
      </div>
      <div class={styles.axis} aria-hidden="true">
        <span>1</span>
        <span>{Math.ceil(all.length / 2)}</span>
        <span>{all.length}</span>
      </div>
      <details>
        <summary>{w.finance.table}</summary>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">{w.finance.day}</th>
              <th scope="col">{w.finance.sum}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, kopecks }) => (
              <tr key={day}>
                <td>{formatDay(`${day}T12:00:00`, locale)}</td>
                <td class="tabular">{formatMoney(-kopecks, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
