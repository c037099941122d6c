import type { Bucket, Line } from '../../../contracts/lines.ts'
import { formatDay, formatLeft, formatPair, formatVolume } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import parts from '../parts/parts.module.css'
import styles from './home.module.css'

const ORDER = ['data', 'voice', 'sms'] as const

/** What is left, by kind, in the order of spending. A gauge is as long as what is left of the whole: full means untouched. */
export function Buckets({ buckets }: Pick<Line, 'buckets'>) {
  const { w } = useWords()
  return (
    <section class={parts.card} aria-labelledby="left">
      <h2 id="left">{w.home.left}</h2>
      {buckets.length === 0 && <p class={styles.note}>{w.home.noBuckets}</p>}
      {ORDER.map((type) => {
        const ofType = buckets.filter((one) => one.type === type)
        return ofType.length > 0 && <TypeOfTraffic key={type} type={type} buckets={ofType} />
      })}
    </section>
  )
}

function TypeOfTraffic({ type, buckets }: { type: Bucket['type']; buckets: readonly Bucket[] }) {
  const { w, locale } = useWords()
  const unlimited = buckets.some(({ total }) => total === null)
  const left = buckets.reduce((sum, one) => sum + one.left, 0)
  return (
    <div class={styles.type}>
      <p class={styles.typeHead}>
        <span>{w.home.type[type]}</span>
        <b class="tabular">{unlimited ? w.home.unlimited : formatLeft(type, left, locale)}</b>
      </p>
      <ul class={styles.gauges}>
        {buckets.map((one) => (
          <Gauge key={one.id} bucket={one} />
        ))}
      </ul>
    </div>
  )
}

function Gauge({ bucket }: { bucket: Bucket }) {
  const { w, locale } = useWords()
  const { type, left, total, source, title, expiresAt } = bucket
  // Two of one tariff stand beside each other: what was carried over says so.
  const what = source === 'carried-over' ? w.home.source[source] : (title?.[locale] ?? w.home.source[source])
  const amount =
    total === null
      ? w.home.unlimited
      : w.home.of(...formatPair(formatLeft(type, left, locale), formatVolume(type, total, locale)))
  return (
    <li class={styles.gauge}>
      {total !== null && (
        <span class={styles.track} aria-hidden="true">
          <span
            class={styles.fill}
            data-low={left / total < 0.2}
            style={{ inlineSize: `${(100 * left) / total}%` }}
          />
        </span>
      )}
      <span class={styles.gaugeWords}>
        <span class="tabular">{amount}</span>
        <span>
          {what}
          {expiresAt && ` · ${w.home.until(formatDay(expiresAt, locale))}`}
        </span>
      </span>
    </li>
  )
}
