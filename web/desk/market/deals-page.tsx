import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { type DealFilter, marketDealsQuery } from '../data/market.ts'
import settings from '../settings/settings.module.css'
import { DealRows } from './deal-rows.tsx'
import { FindTrader } from './find-trader.tsx'
import styles from './market.module.css'
import { PagedRows } from './paged-rows.tsx'

const narrowedTo = ({ seller, buyer, lot }: DealFilter) =>
  lot ? 'ofLot' : seller && buyer ? 'ofPair' : seller ? 'ofSeller' : buyer ? 'ofBuyer' : null

/** Deals, newest first: all, or those that a link narrowed them down to. */
export function DealsPage() {
  const { t } = useWords()
  const filter = useSearch({ from: '/market/deals' })
  const narrowed = narrowedTo(filter)
  const query = useInfiniteQuery(marketDealsQuery(filter))
  return (
    <>
      <div className={settings.head}>
        <h1>{t('market.part.deals')}</h1>
        <FindTrader />
      </div>
      {narrowed && (
        <p className={styles.hint}>
          {t(`market.deals.${narrowed}`)}{' '}
          <Link to="/market/deals" className={styles.link}>
            {t('market.deals.clear')}
          </Link>
        </p>
      )}
      <PagedRows
        query={query}
        empty={
          narrowed
            ? { title: t('market.deals.emptyFilter'), hint: t('market.deals.emptyFilterHint') }
            : { title: t('market.deals.empty'), hint: t('market.deals.emptyHint') }
        }
      >
        {(deals) => <DealRows deals={deals} />}
      </PagedRows>
    </>
  )
}
