import { IconArrowRight, IconArrowsLeftRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { MarketOverview } from '../../../contracts/market.ts'
import { formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './market.module.css'

type Pair = MarketOverview['pairs'][number]

/** From so much on a price is worth a word. */
const UNUSUAL = 1.25

/** People who deal with each other more than strangers do. */
export function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  const { t } = useWords()
  return (
    <section className={styles.part} aria-labelledby="market-pairs">
      <h2 id="market-pairs">{t('market.overview.pairs')}</h2>
      {pairs.length === 0 ? (
        <p className={styles.quiet}>{t('market.overview.noPairs')}</p>
      ) : (
        <>
          <p className={styles.quiet}>{t('market.overview.pairsHint')}</p>
          <ul className={styles.plain}>
            {pairs.map((pair) => (
              <PairRow key={`${pair.sellerId} ${pair.buyerId}`} pair={pair} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function PairRow({ pair }: { pair: Pair }) {
  const { t, locale } = useWords()
  const { sellerId, sellerName, buyerId, buyerName, deals, kopecks, bothWays, aboveAverage } = pair
  const times = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 })
  return (
    <li className={styles.pair}>
      <span>
        <Link to="/market/traders/$traderId" params={{ traderId: sellerId }}>
          {sellerName ?? t('market.erased')}
        </Link>{' '}
        {bothWays ? <IconArrowsLeftRight size={14} aria-hidden /> : <IconArrowRight size={14} aria-hidden />}{' '}
        <Link to="/market/traders/$traderId" params={{ traderId: buyerId }}>
          {buyerName ?? t('market.erased')}
        </Link>
      </span>
      <Link to="/market/deals" search={{ seller: sellerId, buyer: buyerId }} className={styles.quiet}>
        {t('market.overview.pairDeals', {
          deals: t('market.overview.deals', { count: deals }),
          money: formatMoney(kopecks, locale),
        })}
      </Link>
      <span className={styles.marks}>
        {bothWays && <span className={styles.mark}>{t('market.overview.bothWays')}</span>}
        {aboveAverage >= UNUSUAL && (
          <span className={styles.mark} data-tone="amber">
            {t('market.overview.above', { times: times(aboveAverage) })}
          </span>
        )}
        {aboveAverage <= 1 / UNUSUAL && aboveAverage > 0 && (
          <span className={styles.mark} data-tone="amber">
            {t('market.overview.below', { times: times(1 / aboveAverage) })}
          </span>
        )}
      </span>
    </li>
  )
}
