import { Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Line, LineRef } from '../../../contracts/lines.ts'
import { formatDay, formatMoney, formatTime, listOf } from '../../shared/format/index.ts'
import { nextCharges } from '../../shared/lines/index.ts'
import { useWords } from '../app/words.ts'
import { priceOf } from '../catalogue/describe.ts'
import { lineQuery } from '../data/lines.ts'
import { Failed } from '../parts/states.tsx'
import { Buckets } from './buckets.tsx'
import styles from './lines.module.css'

/** What the billing told longer ago than this is old news. */
const STALE_MS = 60_000

/** Balance, tariff, what comes next, what is left. */
export function LineGlance({ line, acts }: { line: LineRef; acts: ReactNode }) {
  const { data, error, dataUpdatedAt, refetch } = useQuery(lineQuery(line.id))
  if (!data) {
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <Skeleton height={120} aria-hidden />
    )
  }
  return (
    <>
      <Age asOf={data.asOf} readAt={dataUpdatedAt} failed={error !== null} />
      <div className={styles.money}>
        <Balance line={data} />
        {acts}
      </div>
      <Tariff line={data} />
      <Coming line={data} />
      <Trouble line={data} />
      <Buckets buckets={data.buckets} />
    </>
  )
}

/** Says how old this is where it is not of this moment. */
function Age({ asOf, readAt, failed }: { asOf: string; readAt: number; failed: boolean }) {
  const { t, locale } = useWords()
  const isStale = readAt - Date.parse(asOf) > STALE_MS
  if (!isStale && !failed) return null
  return (
    <p className={styles.old} role="status">
      <IconClock size={14} aria-hidden />{' '}
      {t(isStale ? 'lines.stale' : 'lines.notFresh', { at: formatTime(asOf, locale) })}
    </p>
  )
}

function Balance({ line: { balanceKopecks, heldKopecks } }: { line: Line }) {
  const { t, locale } = useWords()
  return (
    <p className={styles.balance}>
      <span className="visually-hidden">{t('lines.balance')} </span>
      <b>{formatMoney(balanceKopecks, locale)}</b>
      {heldKopecks > 0 && (
        <span className={styles.quiet}> {t('lines.held', { money: formatMoney(heldKopecks, locale) })}</span>
      )}
    </p>
  )
}

function Tariff({ line: { tariff, nextTariff, coming } }: { line: Line }) {
  const { t, locale } = useWords()
  const turn = coming.find((one) => one.for === 'tariff')
  return (
    <p className={styles.fact}>
      {t('catalogue.quoted', { title: tariff.terms.title[locale] })} · {priceOf(tariff.terms, t, locale)}
      {nextTariff && (
        <span className={styles.quiet}>
          {' '}
          {t('lines.next', {
            day: turn ? formatDay(turn.at, locale) : '',
            name: nextTariff.terms.title[locale],
          })}
        </span>
      )}
    </p>
  )
}

function Coming({ line: { coming, promised } }: { line: Line }) {
  const { t, locale } = useWords()
  const next = nextCharges(coming)
  return (
    <>
      <p className={styles.fact}>
        {next
          ? t('lines.coming', {
              day: formatDay(next.at, locale),
              money: formatMoney(next.kopecks, locale),
              names: listOf(
                next.charges.map((one) =>
                  one.for === 'promised-payment' ? t('lines.promisedPayment') : one.title[locale],
                ),
                locale,
              ),
            })
          : t('lines.nothingComing')}
      </p>
      {promised && (
        <p className={styles.fact}>
          {t('lines.promised', {
            money: formatMoney(promised.kopecks, locale),
            day: formatDay(promised.dueAt, locale),
          })}
        </p>
      )}
    </>
  )
}

function Trouble({ line: { state, blockedFor, moneyEndsAt } }: { line: Line }) {
  const { t, locale } = useWords()
  const what =
    blockedFor !== null
      ? t(`lines.blockedFor.${blockedFor}`)
      : state === 'suspended'
        ? t('lines.suspended')
        : moneyEndsAt !== null && t('lines.ends', { day: formatDay(moneyEndsAt, locale) })
  if (!what) return null
  return (
    <p className={styles.trouble}>
      <IconAlertTriangle size={14} aria-hidden /> {what}
    </p>
  )
}
