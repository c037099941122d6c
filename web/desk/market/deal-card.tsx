import { Button, Skeleton } from '@mantine/core'
import { IconReceiptRefund, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DealAtDesk } from '../../../contracts/market.ts'
import { formatDay, formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { dealOfLineQuery } from '../data/market.ts'
import { OrderDialog } from '../lines/order-dialog.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './deal-card.module.css'
import market from './market.module.css'
import { sizeOf } from './market-words.ts'

/** A deal that a conversation is about: what it was, how it stands, and the way to take it back right here. */
export function DealCard({ lineId, dealId }: { lineId: string; dealId: string }) {
  const { t } = useWords()
  const { data: deal, error } = useQuery(dealOfLineQuery(lineId, dealId))
  const [asks, setAsks] = useState(false)
  return (
    <section className={styles.card} aria-label={t('market.deal.card')}>
      {deal ? (
        <>
          <What deal={deal} />
          <div aria-live="polite">
            <Standing deal={deal} />
          </div>
          {mayReverse(deal) && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconReceiptRefund size={15} aria-hidden />}
              onClick={() => setAsks(true)}
            >
              {t('market.deal.reverse')}
            </Button>
          )}
        </>
      ) : error ? (
        <ProblemLine error={error} />
      ) : (
        <Skeleton height={64} aria-hidden />
      )}
      {asks && (
        <OrderDialog
          lineId={lineId}
          ask={{ kind: 'reverse-deal', dealId }}
          close={() => setAsks(false)}
          // The card itself says how it stands: the line's deals are read again.
          onPlaced={() => undefined}
        />
      )}
    </section>
  )
}

const waits = ({ order }: DealAtDesk) => order?.state === 'approval'
const mayReverse = (deal: DealAtDesk) => deal.reversal.obstacle === null && !waits(deal)

function What({ deal }: { deal: DealAtDesk }) {
  const { t, locale } = useWords()
  const { type, units, priceKopecks, side, number, at, usableUntil } = deal
  return (
    <>
      <b>
        {t(`market.deal.${side}`, {
          size: sizeOf(type, units, locale),
          money: formatMoney(priceKopecks, locale),
        })}
      </b>
      <span className={market.dim}>
        {[
          t('market.deal.when', { number, at: formatMoment(at, locale) }),
          usableUntil && t('market.deal.usable', { day: formatDay(usableUntil, locale) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}

/** Taken back, waits for another's word, can be taken back, or why it cannot. */
function Standing({ deal }: { deal: DealAtDesk }) {
  const { t, locale } = useWords()
  const { reversed, reversal, order, type } = deal
  const asked =
    order && 'amountKopecks' in order.request ? formatMoney(order.request.amountKopecks ?? 0, locale) : ''
  if (reversed)
    return (
      <p>
        {t('market.deal.reversed', {
          at: formatDay(reversed.at, locale),
          money: formatMoney(reversed.kopecks, locale),
        })}
      </p>
    )
  if (waits(deal))
    return (
      <p data-tone="amber">
        <IconUsers size={15} aria-hidden /> {t('market.deal.waits', { money: asked })}
      </p>
    )
  if (reversal.obstacle !== null) return <p>{t(`market.deal.obstacle.${reversal.obstacle}`)}</p>
  return (
    <p>
      {order?.state === 'declined' && `${t('market.deal.declined', { money: asked })} `}
      {t('market.deal.unused', {
        size: sizeOf(type, reversal.unusedUnits, locale),
        money: formatMoney(reversal.maxKopecks, locale),
      })}{' '}
      {t('market.deal.until', { day: formatDay(reversal.until, locale) })}
    </p>
  )
}
