import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DealReceipt } from '../../../contracts/market.ts'
import { formatDay, formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { dealsOfLineQuery } from '../data/market.ts'
import { lotText } from '../market/market-words.ts'
import { MoreButton } from '../parts/more-button.tsx'
import type { Ask } from './ask.ts'
import { Fold } from './fold.tsx'
import styles from './lines.module.css'

const SIDES = ['bought', 'sold'] as const

interface Props {
  readonly lineId: string
  readonly ask: (what: Ask) => void
}

/** What a line bought and sold on the Market, the latest first, and the way to take a deal back: asked for when somebody opens it. */
export function LineDeals({ lineId, ask }: Props) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [side, setSide] = useState<DealReceipt['side']>('bought')
  const query = useInfiniteQuery({ ...dealsOfLineQuery(lineId, side), enabled: isOpen })
  return (
    <Fold name={t('market.ofLine.name')} isOpen={isOpen} toggle={() => setOpen(!isOpen)} query={query}>
      {({ pages }) => {
        const deals = pages.flatMap(({ items }) => items)
        return (
          <>
            <Sides side={side} choose={setSide} />
            {deals.length === 0 && (
              <p className={styles.quiet}>
                {t(side === 'bought' ? 'market.ofLine.noBought' : 'market.ofLine.noSold')}
              </p>
            )}
            <ul className={styles.services}>
              {deals.map((deal) => (
                <Row key={deal.id} deal={deal} ask={ask} />
              ))}
            </ul>
            <MoreButton query={query} size="compact-xs" color="gray" />
          </>
        )
      }}
    </Fold>
  )
}

function Sides({ side, choose }: { side: DealReceipt['side']; choose: (side: DealReceipt['side']) => void }) {
  const { t } = useWords()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('market.ofLine.side')}
      value={side}
      data={SIDES.map((value) => ({ value, label: t(`market.ofLine.${value}`) }))}
      onChange={(value) => choose(SIDES.find((one) => one === value) ?? side)}
    />
  )
}

function Row({ deal, ask }: { deal: DealReceipt; ask: (what: Ask) => void }) {
  const { t, locale } = useWords()
  const { id, number, at, usableUntil, feeKopecks, reversed } = deal
  const facts = [
    t('market.deal.when', { number, at: formatMoment(at, locale) }),
    feeKopecks > 0 && t('market.ofLine.fee', { money: formatMoney(feeKopecks, locale) }),
    reversed
      ? t('market.ofLine.reversed', { money: formatMoney(reversed.kopecks, locale) })
      : usableUntil && t('market.ofLine.until', { day: formatDay(usableUntil, locale) }),
  ]
  return (
    <li>
      <span className={styles.service}>
        <span>{lotText(deal, t, locale)}</span>
        <span className={styles.quiet}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      {!reversed && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t('market.deals.reverseOf', { number })}
          onClick={() => ask({ kind: 'reverse-deal', dealId: id })}
        >
          {t('market.deals.reverse')}
        </Button>
      )}
    </li>
  )
}
