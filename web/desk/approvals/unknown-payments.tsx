import { useQuery } from '@tanstack/react-query'
import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { unknownPaymentsQuery } from '../data/approvals.ts'
import styles from './approvals.module.css'

/** Payments that the provider gave no answer about in time: somebody looks them up in its books. Nothing is shown while there are none. */
export function UnknownPayments() {
  const { t, locale } = useWords()
  const items = useQuery(unknownPaymentsQuery).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-labelledby="unknown-payments" className={styles.unknown}>
      <h2 id="unknown-payments">{t('approvals.payments')}</h2>
      <p className={styles.hint}>{t('approvals.paymentsHint')}</p>
      <ul className={styles.list}>
        {items.map(({ id, amountKopecks, reason, startedAt, heardAt, providerId }) => (
          <li key={id} className={styles.order}>
            <div className={styles.what}>
              <h3 className="numeric">{formatMoney(amountKopecks, locale)}</h3>
              <p className={styles.who}>
                {t('approvals.paymentBegan', { at: formatMoment(startedAt, locale) })} ·{' '}
                {heardAt === null
                  ? t('approvals.neverHeard')
                  : t('approvals.heard', { at: formatMoment(heardAt, locale) })}
              </p>
              {reason === 'mismatch' && <p className={styles.names}>{t('approvals.mismatch')}</p>}
              <p className={styles.names}>
                {t('approvals.paymentName')} <code>{providerId ?? id}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
