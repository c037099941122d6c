import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChargeItem, ChargeSummary } from '../../../contracts/lines.ts'
import { formatMoment, formatMoney, monthAfter, monthName, thisMonth } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { chargeSummaryQuery, chargesQuery } from '../data/lines.ts'
import { MoreButton } from '../parts/more-button.tsx'
import { Fold } from './fold.tsx'
import styles from './lines.module.css'

/** What was taken from a line and what came, month by month: the answer to "what was I charged for". Asked for when somebody opens it. */
export function LineCharges({ lineId }: { readonly lineId: string }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [month, setMonth] = useState(thisMonth())
  const movements = useInfiniteQuery({ ...chargesQuery(lineId, month), enabled: isOpen })
  const { data: summary } = useQuery({ ...chargeSummaryQuery(lineId, month), enabled: isOpen })
  return (
    <Fold name={t('lines.charges')} isOpen={isOpen} toggle={() => setOpen(!isOpen)} query={movements}>
      {({ pages }) => (
        <>
          <MonthChoice month={month} choose={setMonth} />
          {summary && <ByCategory summary={summary} />}
          <Movements items={pages.flatMap(({ items }) => items)} />
          <MoreButton query={movements} size="compact-xs" words={t('lines.moreCharges')} />
        </>
      )}
    </Fold>
  )
}

function MonthChoice({ month, choose }: { month: string; choose: (month: string) => void }) {
  const { t, locale } = useWords()
  return (
    <div className={styles.month}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('lines.earlierMonth')}
        onClick={() => choose(monthAfter(month, -1))}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <span aria-live="polite">{monthName(month, locale)}</span>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('lines.laterMonth')}
        disabled={month >= thisMonth()}
        onClick={() => choose(monthAfter(month, 1))}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </div>
  )
}

function ByCategory({ summary: { byCategory, spentKopecks, receivedKopecks } }: { summary: ChargeSummary }) {
  const { t, locale } = useWords()
  if (byCategory.length === 0) return null
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  return (
    <p className={styles.quiet}>
      {t('lines.spentAndReceived', { spent: money(spentKopecks), received: money(receivedKopecks) })}
      {byCategory
        .filter(({ kopecks }) => kopecks < 0)
        .sort((a, b) => a.kopecks - b.kopecks)
        .map(({ category, kopecks }) => ` · ${t(`lines.category.${category}`)} ${money(-kopecks)}`)
        .join('')}
    </p>
  )
}

function Movements({ items }: { items: readonly ChargeItem[] }) {
  const { t, locale } = useWords()
  if (items.length === 0) return <p className={styles.quiet}>{t('lines.noCharges')}</p>
  return (
    <ul className={styles.services}>
      {items.map(({ id, at, category, kopecks, title }) => (
        <li key={id}>
          <span className={styles.service}>
            <span>{title[locale]}</span>
            <span className={styles.quiet}>
              {formatMoment(at, locale)} · {t(`lines.category.${category}`)}
            </span>
          </span>
          <b className={styles.amount}>
            {kopecks > 0 && '+'}
            {formatMoney(kopecks, locale)}
          </b>
        </li>
      ))}
    </ul>
  )
}
