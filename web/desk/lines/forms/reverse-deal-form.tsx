import { Skeleton } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { formatMoney } from '../../../shared/format/index.ts'
import { useWords } from '../../app/words.ts'
import { dealOfLineQuery } from '../../data/market.ts'
import { lotText } from '../../market/market-words.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { FormProps } from '../ask.ts'
import styles from '../lines.module.css'
import { roublesOf } from '../roubles.ts'
import { AmountWithReason } from './money-forms.tsx'

/** A deal of the Market taken back, or a part of its price: what it does to whom, how much at most. */
export function ReverseDealForm({ lineId, ask: { dealId }, choose }: FormProps<'reverse-deal'>) {
  const { t, locale } = useWords()
  const { data: deal, error } = useQuery(dealOfLineQuery(lineId, dealId))
  if (!deal) return error ? <ProblemLine error={error} /> : <Skeleton height={160} aria-hidden />
  const most = deal.reversal.maxKopecks
  return (
    <>
      <div>
        <p className={styles.label}>
          {t('market.deal.when', { number: deal.number, at: lotText(deal, t, locale) })}
        </p>
        <p className={styles.lead}>{t('market.deal.what')}</p>
        {deal.order?.state === 'approval' && 'amountKopecks' in deal.order.request && (
          <p className={styles.approval}>
            <IconUsers size={15} aria-hidden />{' '}
            {t('market.deal.waits', { money: formatMoney(deal.order.request.amountKopecks ?? 0, locale) })}
          </p>
        )}
      </div>
      <AmountWithReason
        choose={(given) => choose(given && { kind: 'reverse-deal', dealId, ...given })}
        initial={most > 0 ? roublesOf(most) : ''}
        hint={t('market.deal.most', { money: formatMoney(most, locale) })}
      />
    </>
  )
}
