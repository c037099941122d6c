import { useQuery } from '@tanstack/react-query'
import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { unknownPaymentsQuery, unknownRefundsQuery } from '../data/approvals.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './approvals.module.css'

interface Unknown {
  readonly id: string
  readonly amountKopecks: number
  readonly reason: string | null
  readonly startedAt: string
  readonly heardAt: string | null
  readonly providerId: string | null
}

/** Payments that the provider gave no answer about in time: somebody looks them up in its books. Nothing is shown while there are none. */
export function UnknownPayments() {
  const { t } = useWords()
  return (
    <UnknownList name="payments" hint={t('approvals.paymentsHint')} query={useQuery(unknownPaymentsQuery)} />
  )
}

/** The same of refunds to cards. */
export function UnknownRefunds() {
  const { t } = useWords()
  return (
    <UnknownList name="refunds" hint={t('approvals.refundsHint')} query={useQuery(unknownRefundsQuery)} />
  )
}

function UnknownList({
  name,
  hint,
  query: { data, error },
}: {
  name: 'payments' | 'refunds'
  hint: string
  query: { readonly data: { readonly items: readonly Unknown[] } | undefined; readonly error: unknown }
}) {
  const { t, locale } = useWords()
  const items = data?.items ?? []
  if (error && !data) return <ProblemLine error={error} />
  if (items.length === 0) return null
  return (
    <section aria-labelledby={`unknown-${name}`} className={styles.unknown}>
      <h2 id={`unknown-${name}`}>{t(`approvals.${name}`)}</h2>
      <p className={styles.hint}>{hint}</p>
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
              {reason === 'mismatch' && <p className={styles.names}>{t(`approvals.mismatch.${name}`)}</p>}
              <p className={styles.names}>
                {t(`approvals.numberOf.${name}`)} <code>{providerId ?? id}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
