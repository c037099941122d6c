import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ConsoleDeal } from '../../../contracts/market.ts'
import type { Order } from '../../../contracts/orders.ts'
import { formatDay, formatMoment, formatMoney, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { queryClient } from '../data/query-client.ts'
import { OrderDialog } from '../lines/order-dialog.tsx'
import { OrderStatus } from '../lines/order-status.tsx'
import { useMe } from '../session/use-me.ts'
import styles from './market.module.css'
import { lotText, unitPriceText } from './market-words.ts'

/** Deals as the staff see them: what, for how much, from whom to whom; taken back from here. */
export function DealRows({ deals }: { deals: readonly ConsoleDeal[] }) {
  const { t } = useWords()
  const [reversed, reverse] = useState<ConsoleDeal>()
  const [placed, setPlaced] = useState<{ readonly dealId: string; readonly order: Order }>()
  return (
    <>
      <div className={`${styles.row} ${styles.heads}`} data-of="deal" aria-hidden>
        {(['number', 'what', 'who', 'when', 'state'] as const).map((column) => (
          <span key={column}>{t(`market.deals.column.${column}`)}</span>
        ))}
      </div>
      <ul className={styles.rows}>
        {deals.map((deal) => (
          <DealRow key={deal.id} deal={deal} reverse={() => reverse(deal)}>
            {placed?.dealId === deal.id && (
              <OrderStatus key={placed.order.id} placed={placed.order} dismiss={() => setPlaced(undefined)} />
            )}
          </DealRow>
        ))}
      </ul>
      {reversed && (
        <OrderDialog
          lineId={reversed.buyerLineId}
          ask={{ kind: 'reverse-deal', dealId: reversed.id }}
          close={() => reverse(undefined)}
          onPlaced={(order) => {
            setPlaced({ dealId: reversed.id, order })
            void queryClient.invalidateQueries({ queryKey: ['market'] })
          }}
        />
      )}
    </>
  )
}

interface RowProps {
  readonly deal: ConsoleDeal
  readonly reverse: () => void
  readonly children: React.ReactNode
}

function DealRow({ deal, reverse, children }: RowProps) {
  const { t, locale } = useWords()
  const { may } = useMe()
  const { number, sellerId, buyerId, sellerMsisdn, buyerMsisdn, at, feeKopecks, reversed } = deal
  const isOpen = reversed === null && Date.parse(deal.reversibleUntil) > Date.now()
  const seller = formatPhone(sellerMsisdn)
  const buyer = formatPhone(buyerMsisdn)
  return (
    <li className={styles.row} data-of="deal">
      <span className={styles.dim}>{t('market.deals.number', { number })}</span>
      <span className={styles.what}>
        <span>{lotText(deal, t, locale)}</span>
        <span className={styles.dim}>
          {unitPriceText(deal, t, locale)}
          {feeKopecks > 0 && ` · ${t('market.deals.fee', { money: formatMoney(feeKopecks, locale) })}`}
        </span>
      </span>
      <span className={styles.who}>
        <Link
          to="/market/traders/$traderId"
          params={{ traderId: sellerId }}
          aria-label={t('market.deals.sellerIs', { number: seller })}
        >
          {seller}
        </Link>{' '}
        <span aria-hidden>→</span>{' '}
        <Link
          to="/market/traders/$traderId"
          params={{ traderId: buyerId }}
          aria-label={t('market.deals.buyerIs', { number: buyer })}
        >
          {buyer}
        </Link>
      </span>
      <span className={styles.dim}>{formatMoment(at, locale)}</span>
      <span className={styles.dim}>
        {reversed
          ? t('market.deals.reversed', {
              at: formatDay(reversed.at, locale),
              money: formatMoney(reversed.kopecks, locale),
            })
          : deal.waits
            ? t('market.deals.waits')
            : isOpen
              ? t('market.deals.reversibleUntil', { day: formatDay(deal.reversibleUntil, locale) })
              : t('market.deals.final')}
      </span>
      {isOpen && !deal.waits && may('supervisor') && (
        <Button
          className={styles.act ?? ''}
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={t('market.deals.reverseOf', { number })}
          onClick={reverse}
        >
          {t('market.deals.reverse')}
        </Button>
      )}
      {children}
    </li>
  )
}
