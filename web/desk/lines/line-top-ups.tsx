import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TopUp } from '../../../contracts/payments.ts'
import { formatMoment, formatMoney, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { topUpsQuery } from '../data/lines.ts'
import type { Ask } from './ask.ts'
import { Fold } from './fold.tsx'
import styles from './lines.module.css'

interface Props {
  readonly lineId: string
  readonly ask: (what: Ask) => void
}

/** Payments to a line, the latest first, and the way back to the card: asked for when somebody opens it. */
export function LineTopUps({ lineId, ask }: Props) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const query = useQuery({ ...topUpsQuery(lineId), enabled: isOpen })
  return (
    <Fold name={t('lines.topUps')} isOpen={isOpen} toggle={() => setOpen(!isOpen)} query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={styles.quiet}>{t('lines.noTopUps')}</p>
        ) : (
          <ul className={styles.services}>
            {items.map((topUp) => (
              <Row key={topUp.id} topUp={topUp} ask={ask} />
            ))}
          </ul>
        )
      }
    </Fold>
  )
}

function Row({ topUp, ask }: { topUp: TopUp; ask: (what: Ask) => void }) {
  const { t, locale } = useWords()
  const { id, amountKopecks, refundedKopecks, state, startedAt, receipt } = topUp
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const kopecks = amountKopecks - refundedKopecks
  return (
    <li>
      <span className={styles.service}>
        <span>
          {money(amountKopecks)} · {t(`lines.topUpState.${state}`)}
        </span>
        <span className={styles.quiet}>
          {[
            formatMoment(startedAt, locale),
            refundedKopecks > 0 && t('lines.refunded', { money: money(refundedKopecks) }),
            receipt && t(`lines.receipt.${receipt.state}`, { to: formatPhone(receipt.to) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {state === 'succeeded' && kopecks > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t('lines.refundOf', { money: money(amountKopecks) })}
          onClick={() => ask({ kind: 'refund-top-up', topUpId: id, kopecks })}
        >
          {t('lines.refund')}
        </Button>
      )}
    </li>
  )
}
