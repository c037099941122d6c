import type { Bucket } from '../../../contracts/lines.ts'
import { formatDay, formatLeft, formatVolume } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './lines.module.css'

const ORDER = ['data', 'voice', 'sms'] as const
const LOW = 0.2

/** What is left, by kind, in the order of spending. A gauge is as long as what is left of the whole: full means untouched. */
export function Buckets({ buckets }: { buckets: readonly Bucket[] }) {
  const { t } = useWords()
  if (buckets.length === 0) return <p className={styles.quiet}>{t('lines.noBuckets')}</p>
  return (
    <ul className={styles.gauges} aria-label={t('lines.buckets')}>
      {ORDER.flatMap((type) => buckets.filter((one) => one.type === type)).map((bucket) => (
        <Gauge key={bucket.id} bucket={bucket} />
      ))}
    </ul>
  )
}

function Gauge({ bucket: { type, left, total, source, title, expiresAt } }: { bucket: Bucket }) {
  const { t, locale } = useWords()
  // Two of one tariff stand beside each other: what was carried over says so.
  const what =
    source === 'carried-over'
      ? t('lines.source.carried-over')
      : (title?.[locale] ?? t(`lines.source.${source}`))
  const until = expiresAt && t('lines.until', { day: formatDay(expiresAt, locale) })
  return (
    <li>
      <span className={styles.gaugeHead}>
        <span>{t(`lines.type.${type}`)}</span>
        <span className="numeric">
          {total === null
            ? t('lines.unlimited')
            : t('lines.of', {
                left: formatLeft(type, left, locale),
                total: formatVolume(type, total, locale),
              })}
        </span>
      </span>
      {total !== null && (
        <span className={styles.track} aria-hidden>
          <span
            data-low={left / total < LOW}
            style={{ inlineSize: `${Math.min(100, (100 * left) / Math.max(1, total))}%` }}
          />
        </span>
      )}
      <span className={styles.quiet}>{[what, until].filter(Boolean).join(' · ')}</span>
    </li>
  )
}
