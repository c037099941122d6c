import { useQuery } from '@tanstack/react-query'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { unknownOrdersQuery } from '../data/approvals.ts'
import { useOrderText } from '../lines/use-order-text.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './approvals.module.css'

/** Orders about which the system that keeps the line has said nothing for long: somebody looks them up there. Nothing is shown while there are none. */
export function UnknownOrders() {
  const { t, locale } = useWords()
  const textOf = useOrderText()
  const { data, error } = useQuery(unknownOrdersQuery)
  const items = data?.items ?? []
  if (error && !data) return <ProblemLine error={error} />
  if (items.length === 0) return null
  return (
    <section aria-labelledby="unknown-orders" className={styles.unknown}>
      <h2 id="unknown-orders">{t('approvals.orders')}</h2>
      <p className={styles.hint}>{t('approvals.ordersHint')}</p>
      <ul className={styles.list}>
        {items.map(({ id, request, by, placedAt, heardAt, asked }) => (
          <li key={id} className={styles.order}>
            <div className={styles.what}>
              <h3>{textOf(request)}</h3>
              <p className={styles.who}>
                {t('approvals.orderPlaced', { who: by.name ?? '—', at: formatMoment(placedAt, locale) })} ·{' '}
                {heardAt === null
                  ? t('approvals.neverHeard')
                  : t('approvals.heard', { at: formatMoment(heardAt, locale) })}{' '}
                · {asked ? t('approvals.stillAsked') : t('approvals.notAsked')}
              </p>
              <p className={styles.names}>
                {t('approvals.orderName')} <code>{id}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
