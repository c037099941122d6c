import { Skeleton } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MarketOverview } from '../../../contracts/market.ts'
import { isProblem } from '../../shared/api/index.ts'
import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { marketOverviewQuery, marketRulesQuery } from '../data/market.ts'
import { Empty, Failed } from '../parts/states.tsx'
import settings from '../settings/settings.module.css'
import { FindTrader } from './find-trader.tsx'
import { FlowChart } from './flow-chart.tsx'
import styles from './market.module.css'
import { sizeOf } from './market-words.ts'
import { Pairs } from './pairs.tsx'
import { RecentDeals } from './recent-deals.tsx'

/** What is on sale and was sold today, who needs a look, how it went by the hour. */
export function OverviewPage() {
  const { t } = useWords()
  const { data, error, isPending, refetch } = useQuery(marketOverviewQuery)
  const rules = useQuery(marketRulesQuery).data
  if (isProblem(error, 'unavailable') && !data) return <Empty title={t('market.goneAway')} />
  return (
    <>
      <div className={settings.head}>
        <h1>{t('market.name')}</h1>
        <FindTrader />
      </div>
      {rules?.rules.open === false && (
        <p className={styles.notice} data-tone="amber">
          <IconLock size={15} aria-hidden /> {t('market.closed')}
        </p>
      )}
      {isPending && <Skeleton height={320} aria-hidden />}
      {error && !data && <Failed error={error} retry={() => void refetch()} />}
      {data && <Overview overview={data} />}
    </>
  )
}

function Overview({ overview }: { overview: MarketOverview }) {
  return (
    <>
      <ul className={styles.tiles}>
        {overview.types.map((totals) => (
          <Tile key={totals.type} totals={totals} />
        ))}
      </ul>
      <Watched overview={overview} />
      <FlowChart hours={overview.hours} />
      <Pairs pairs={overview.pairs} />
      <RecentDeals />
    </>
  )
}

function Tile({ totals }: { totals: MarketOverview['types'][number] }) {
  const { t, locale } = useWords()
  const { type, lots, units, dealsToday, unitsToday, kopecksToday, feesToday } = totals
  return (
    <li className={styles.tile}>
      <Link to="/market/lots" search={{ type }} className={styles.tileName}>
        {t(`market.type.${type}`)}
      </Link>
      <dl>
        <div>
          <dt>{t('market.overview.onSale')}</dt>
          <dd>
            <b>{t('market.overview.lots', { count: lots })}</b>
            <span>{units > 0 && sizeOf(type, units, locale)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('market.overview.today')}</dt>
          <dd>
            <b>
              {dealsToday === 0
                ? t('market.overview.noDeals')
                : t('market.overview.deals', { count: dealsToday })}
            </b>
            {dealsToday > 0 && (
              <span>
                {sizeOf(type, unitsToday, locale)}
                <br />
                {t('market.overview.turnover', {
                  money: formatMoney(kopecksToday, locale),
                  fee: formatMoney(feesToday, locale),
                })}
              </span>
            )}
          </dd>
        </div>
      </dl>
    </li>
  )
}

/** Who was frozen or is slowed, with the way to them. */
function Watched({ overview }: { overview: MarketOverview }) {
  const { t, locale } = useWords()
  const { frozenLots, frozenSellers, slowed, watched } = overview
  const isCalm = frozenLots + frozenSellers + slowed === 0
  return (
    <section className={styles.part} aria-labelledby="market-watched">
      <h2 id="market-watched">{t('market.overview.attention')}</h2>
      {isCalm ? (
        <p className={styles.quiet}>{t('market.overview.calm')}</p>
      ) : (
        <p className={styles.counts}>
          {frozenLots > 0 && (
            <Link to="/market/lots" search={{ view: 'frozen' }}>
              {t('market.overview.frozenLots', { count: frozenLots })}
            </Link>
          )}
          {frozenSellers > 0 && <span>{t('market.overview.frozenSellers', { count: frozenSellers })}</span>}
          {slowed > 0 && <span>{t('market.overview.slowed', { count: slowed })}</span>}
        </p>
      )}
      <ul className={styles.plain}>
        {watched.map(({ id, name, slowedUntil, frozen }) => (
          <li key={id}>
            <Link to="/market/traders/$traderId" params={{ traderId: id }}>
              {name ?? t('market.erased')}
            </Link>{' '}
            <span className={styles.quiet}>
              {frozen
                ? t('market.overview.frozenSince', { ...frozen, at: formatMoment(frozen.at, locale) })
                : slowedUntil && t('market.overview.slowedUntil', { at: formatMoment(slowedUntil, locale) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
