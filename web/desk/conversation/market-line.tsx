import type { Entry } from '../../../contracts/entries.ts'
import { MARKET_UNIT, type MarketOnTimeline } from '../../../contracts/market.ts'
import { formatMoney, formatTime, formatVolume } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './timeline.module.css'

/** What happened to a line on the Market: what of which size, how the balance moved, why something came back. */
export function MarketLine({ entry }: { entry: Entry }) {
  const { t } = useWords()
  const market = entry.body?.type === 'market' ? entry.body.market : undefined
  if (!market) return <div className={styles.mark}>{t('message.erased')}</div>
  return <Told market={market} storedAt={entry.storedAt} />
}

function Told({
  market: { event, items, kopecks, why },
  storedAt,
}: {
  market: MarketOnTimeline
  storedAt: string
}) {
  const { t, locale } = useWords()
  const sizes = items.map(({ type, units, lots }) => {
    const size = formatVolume(type, units * MARKET_UNIT[type], locale)
    return lots === 1 ? size : `${lots} × ${size}`
  })
  const told = [
    kopecks !== 0 && formatMoney(kopecks, locale),
    why && t(`orders.market.why.${why}`),
    formatTime(storedAt, locale),
  ]
  return (
    <div className={styles.mark}>
      <b>
        {t(`orders.market.${event}`)}: {sizes.join(', ')}
      </b>{' '}
      · {told.filter(Boolean).join(' · ')}
    </div>
  )
}
