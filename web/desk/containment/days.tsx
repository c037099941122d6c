import type { Containment, ContainmentBreak } from '../../../contracts/containment.ts'
import { formatDay } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './containment.module.css'
import { sayShare, sharesOf } from './shares.ts'

const HEIGHT = 120
const noon = (day: string) => `${day}T09:00:00Z`

/** Day by day: how many came, and how many of these were contained within a day. The table of the same stands behind it. */
export function Days({ data: { days, breaks } }: { data: Containment }) {
  const { t, locale } = useWords()
  const most = Math.max(1, ...days.map(({ numbers }) => numbers.visits))
  const breaksOn = (day: string) => breaks.filter(({ at }) => dayOf(at) === day)
  return (
    <section aria-label={t('containment.byDay')}>
      <h2 className={styles.heading}>{t('containment.byDay')}</h2>
      <div className={styles.chart} aria-hidden>
        {days.map(({ day, numbers }) => (
          <div
            key={day}
            className={styles.day}
            data-break={breaksOn(day).length > 0 || undefined}
            title={`${formatDay(noon(day), locale)}: ${numbers.visits}, ${sayShare(sharesOf(numbers).containedDay, locale)}`}
          >
            <div className={styles.bar} style={{ height: (numbers.visits / most) * HEIGHT }}>
              <div className={styles.contained} style={{ height: (numbers.containedDay / most) * HEIGHT }} />
            </div>
          </div>
        ))}
      </div>
      <div className={styles.axis}>
        <span>{days[0] && formatDay(noon(days[0].day), locale)}</span>
        <span>{t('containment.legend')}</span>
        <span>{days.length > 1 && formatDay(noon(days.at(-1)?.day ?? ''), locale)}</span>
      </div>
      {breaks.map((one) => (
        <Break key={`${one.at} ${one.flow}`} one={one} />
      ))}
      <details className={styles.table}>
        <summary>{t('containment.asTable')}</summary>
        <table>
          <thead>
            <tr>
              <th>{t('containment.day')}</th>
              <th>{t('containment.visits')}</th>
              <th>{t('containment.containedDay.short')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, numbers }) => (
              <tr key={day}>
                <td>{formatDay(noon(day), locale)}</td>
                <td>{numbers.visits}</td>
                <td>{sayShare(sharesOf(numbers).containedDay, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

const dayOf = (at: string) =>
  new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Moscow' }).format(new Date(at))

function Break({ one }: { one: ContainmentBreak }) {
  const { t, locale } = useWords()
  const { from, to } = one
  const day = formatDay(one.at, locale)
  return (
    <p className={styles.break}>
      {one.kind === 'definition'
        ? t('containment.break.definition', { day, from, to })
        : t('containment.break.flow', { day, from, to, flow: one.title?.[locale] ?? one.flow ?? '' })}
    </p>
  )
}
