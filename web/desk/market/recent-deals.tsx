import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { marketDealsQuery } from '../data/market.ts'
import { Failed } from '../parts/states.tsx'
import { DealRows } from './deal-rows.tsx'
import styles from './market.module.css'

const SHOWN = 8

/** The newest deals, and the way to all of them. */
export function RecentDeals() {
  const { t } = useWords()
  const query = useInfiniteQuery({ ...marketDealsQuery({}, SHOWN), refetchInterval: 30_000 })
  const deals = query.data?.pages[0]?.items
  return (
    <section className={styles.part} aria-labelledby="market-recent">
      <h2 id="market-recent">{t('market.overview.recent')}</h2>
      {query.isPending && <Skeleton height={160} aria-hidden />}
      {query.error && !deals && <Failed error={query.error} retry={() => void query.refetch()} />}
      {deals?.length === 0 && <p className={styles.quiet}>{t('market.deals.empty')}</p>}
      {deals && deals.length > 0 && (
        <>
          <DealRows deals={deals} />
          <Link to="/market/deals" className={styles.more}>
            {t('market.overview.allDeals')}
          </Link>
        </>
      )}
    </section>
  )
}
