import { useId } from 'react'
import type { MarketOverview } from '../../../contracts/market.ts'
import { formatMoment, formatMoney, formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './market.module.css'

type Hours = MarketOverview['hours']

/** Every so many hours the time is written below its bar. */
const LABEL_EVERY = 6

/** Deals of the last 24 hours as bars, said in a sentence for whoever does not see them, and as a table. */
export function FlowChart({ hours }: { hours: Hours }) {
  const { t, locale } = useWords()
  const id = useId()
  const deals = hours.reduce((sum, hour) => sum + hour.deals, 0)
  const kopecks = hours.reduce((sum, hour) => sum + hour.kopecks, 0)
  const busiest = hours.reduce<Hours[number] | undefined>(
    (most, hour) => (hour.deals > (most?.deals ?? 0) ? hour : most),
    undefined,
  )
  const dealsOf = (count: number) => t('market.overview.deals', { count })
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{t('market.overview.flow')}</h2>
      {busiest === undefined ? (
        <p className={styles.quiet}>{t('market.overview.noDeals')}</p>
      ) : (
        <>
          <p className={styles.quiet}>
            {t('market.overview.flowSum', {
              deals: dealsOf(deals),
              money: formatMoney(kopecks, locale),
              at: formatMoment(busiest.at, locale),
              most: dealsOf(busiest.deals),
            })}
          </p>
          <div className={styles.bars} aria-hidden>
            {hours.map((hour, index) => (
              <div
                key={hour.at}
                className={styles.bar}
                title={`${formatMoment(hour.at, locale)}: ${dealsOf(hour.deals)}`}
              >
                <div className={styles.stand}>
                  <i
                    style={{ height: `${(hour.deals / busiest.deals) * 100}%` }}
                    data-empty={hour.deals === 0}
                  >
                    {hour === busiest && <span className={styles.value}>{hour.deals}</span>}
                  </i>
                </div>
                <small>{index % LABEL_EVERY === 0 && formatTime(hour.at, locale)}</small>
              </div>
            ))}
          </div>
          <details className={styles.table}>
            <summary>{t('market.overview.asTable')}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('market.overview.hour')}</th>
                  <th scope="col">{t('market.overview.dealsColumn')}</th>
                  <th scope="col">{t('market.overview.moneyColumn')}</th>
                </tr>
              </thead>
              <tbody>
                {hours
                  .filter((hour) => hour.deals > 0)
                  .map((hour) => (
                    <tr key={hour.at}>
                      <th scope="row">{formatMoment(hour.at, locale)}</th>
                      <td>{hour.deals}</td>
                      <td>{formatMoney(hour.kopecks, locale)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  )
}
