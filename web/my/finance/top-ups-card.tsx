import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { linkTo } from '../app/route.ts'
import { useTopUps } from '../data/payments.ts'
import parts from '../parts/parts.module.css'
import styles from './finance.module.css'
import { useFinanceWords } from './finance-words.ts'
import { receiptText } from './receipt-text.ts'

/** The latest payments with their receipts and what of them went back; nothing before the first one. */
export function TopUpsCard({ lineId }: { readonly lineId: string }) {
  const { w, locale } = useFinanceWords()
  const { value } = useTopUps(lineId)
  if (!value || value.length === 0) return null
  return (
    <section class={parts.card} aria-labelledby="top-ups">
      <h2 id="top-ups">{w.topUp.list}</h2>
      <ul class={parts.list}>
        {value.map(({ id, amountKopecks, refundedKopecks, state, startedAt, receipt }) => (
          <li key={id} class={styles.movement}>
            <span>
              <a class={styles.payment} {...linkTo('finance', `top-up/${id}`)}>
                {w.topUp.states[state]}
              </a>
              <small>
                {[
                  formatMoment(startedAt, locale),
                  refundedKopecks > 0 && w.topUp.refunded(formatMoney(refundedKopecks, locale)),
                  receipt && receiptText(receipt, w),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            <b class="tabular">{formatMoney(amountKopecks, locale)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
