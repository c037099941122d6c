import { Button, Skeleton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { TopUp } from '../../../contracts/payments.ts'
import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { topUpsQuery } from '../data/lines.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import type { Ask } from './ask.ts'
import styles from './lines.module.css'

interface Props {
  readonly lineId: string
  readonly ask: (what: Ask) => void
}

/** Payments to a line, the latest first, and the way back to the card: asked for when somebody opens it. */
export function LineTopUps({ lineId, ask }: Props) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { data, error } = useQuery({ ...topUpsQuery(lineId), enabled: isOpen })
  return (
    <section className={styles.group}>
      <h5>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={14} aria-hidden data-open={isOpen} /> {t('lines.topUps')}
        </button>
      </h5>
      <div id={id}>
        {isOpen && !data && (error ? <ProblemLine error={error} /> : <Skeleton height={60} aria-hidden />)}
        {isOpen && data?.items.length === 0 && <p className={styles.quiet}>{t('lines.noTopUps')}</p>}
        {isOpen && data && (
          <ul className={styles.services}>
            {data.items.map((topUp) => (
              <Row key={topUp.id} topUp={topUp} ask={ask} />
            ))}
          </ul>
        )}
      </div>
    </section>
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
            receipt && t(`lines.receipt.${receipt.state}`, { to: receipt.to }),
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
