import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { marketConsole, type Trader } from '../../../contracts/market.ts'
import { isProblem } from '../../shared/api/index.ts'
import { formatDuration, formatMoment, formatMoney, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { marketDealsQuery, marketLotsQuery, marketRulesQuery, traderQuery } from '../data/market.ts'
import { Empty, Failed } from '../parts/states.tsx'
import settings from '../settings/settings.module.css'
import { Changes } from './changes.tsx'
import { DealRows } from './deal-rows.tsx'
import { LotRows } from './lot-rows.tsx'
import styles from './market.module.css'
import { PagedRows } from './paged-rows.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

const TABS = ['lots', 'sold', 'bought', 'changes'] as const

/** Somebody on the Market: how they stand, their day, their lots and deals, what was done about them. */
export function TraderPage() {
  const { t } = useWords()
  const { traderId } = useParams({ from: '/market/traders/$traderId' })
  const { data, error, isPending, refetch } = useQuery(traderQuery(traderId))
  if (isPending) return <Skeleton height={200} aria-hidden />
  if (isProblem(error, 'not_found') && !data)
    return <Empty title={t('market.trader.gone')} hint={t('market.trader.goneHint')} />
  if (!data) return <Failed error={error} retry={() => void refetch()} />
  return <OneTrader key={traderId} trader={data} />
}

function OneTrader({ trader }: { trader: Trader }) {
  const { t } = useWords()
  const { tab = 'lots' } = useSearch({ from: '/market/traders/$traderId' })
  const navigate = useNavigate()
  const [asks, setAsks] = useState(false)
  const isFrozen = trader.frozen !== null
  return (
    <>
      <div className={settings.head}>
        <h1>{trader.name}</h1>
        <Button variant="default" size="sm" onClick={() => setAsks(true)}>
          {t(isFrozen ? 'market.trader.unfreeze' : 'market.trader.freeze')}
        </Button>
      </div>
      <Standing trader={trader} />
      <Facts trader={trader} />
      <SegmentedControl
        aria-label={t('market.trader.tabs')}
        value={tab}
        data={TABS.map((value) => ({ value, label: t(`market.trader.tab.${value}`) }))}
        onChange={(value) =>
          void navigate({
            to: '/market/traders/$traderId',
            params: { traderId: trader.id },
            search: { tab: TABS.find((one) => one === value) },
            replace: true,
          })
        }
      />
      <div className={styles.under}>
        {tab === 'lots' && <Lots id={trader.id} />}
        {tab === 'sold' && <Deals of={{ seller: trader.id }} empty={t('market.trader.emptySold')} />}
        {tab === 'bought' && <Deals of={{ buyer: trader.id }} empty={t('market.trader.emptyBought')} />}
        {tab === 'changes' && <Changes of={{ trader: trader.id }} />}
      </div>
      {asks && <FreezeTrader trader={trader} close={() => setAsks(false)} />}
    </>
  )
}

/** Whether they may trade now, and why not; their numbers. */
function Standing({ trader: { frozen, slowedUntil, rhythm, numbers } }: { trader: Trader }) {
  const { t, locale } = useWords()
  return (
    <>
      {frozen ? (
        <div className={styles.notice} data-tone="amber">
          <b>{t('market.trader.state.frozen')}</b>
          <p>{frozen.reason}</p>
          <span className={styles.dim}>
            {t('market.trader.frozenBy', { by: frozen.by, at: formatMoment(frozen.at, locale) })}
          </span>
        </div>
      ) : slowedUntil ? (
        <div className={styles.notice} data-tone="amber">
          <b>{t('market.trader.state.slowed', { at: formatMoment(slowedUntil, locale) })}</b>
          <p>{t('market.trader.slowedWhy')}</p>
        </div>
      ) : (
        <p className={styles.hint}>{t('market.trader.state.free')}</p>
      )}
      {rhythm && (
        <p className={styles.hint}>
          {t('market.trader.rhythm', {
            count: rhythm.acts,
            every: formatDuration(rhythm.everyMs, locale),
            weight: rhythm.weight,
          })}
        </p>
      )}
      <p className={styles.hint}>
        {numbers.length === 0
          ? t('market.trader.noNumbers')
          : `${t('market.trader.numbers')}: ${numbers.map(({ msisdn }) => formatPhone(msisdn)).join(', ')}`}
      </p>
    </>
  )
}

/** Their day beside what the rules allow. */
function Facts({ trader }: { trader: Trader }) {
  const { t, locale } = useWords()
  const limits = useQuery(marketRulesQuery).data?.rules.limits
  const of = (count: string, max: string | undefined) =>
    max === undefined ? count : t('market.trader.of', { have: count, max })
  const many = (count: number, max: number | undefined) =>
    of(count.toLocaleString(locale), max?.toLocaleString(locale))
  const facts = [
    ['activeLots', many(trader.activeLots, limits?.activeLots)],
    ['listed', many(trader.listedToday, limits?.listingsPerDay)],
    ['bought', many(trader.boughtToday, limits?.dealsPerDay)],
    [
      'spent',
      of(
        formatMoney(trader.spentTodayKopecks, locale),
        limits && formatMoney(limits.spentPerDayKopecks, locale),
      ),
    ],
  ] as const
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`market.trader.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Lots({ id }: { id: string }) {
  const { t } = useWords()
  const query = useInfiniteQuery(marketLotsQuery({ seller: id }))
  return (
    <PagedRows
      query={query}
      empty={{ title: t('market.trader.emptyLots'), hint: t('market.trader.emptyHint') }}
    >
      {(lots) => <LotRows lots={lots} ofOneSeller />}
    </PagedRows>
  )
}

function Deals({ of, empty }: { of: { readonly seller?: string; readonly buyer?: string }; empty: string }) {
  const { t } = useWords()
  const query = useInfiniteQuery(marketDealsQuery(of))
  return (
    <PagedRows query={query} empty={{ title: empty, hint: t('market.trader.emptyHint') }}>
      {(deals) => <DealRows deals={deals} />}
    </PagedRows>
  )
}

function FreezeTrader({
  trader: { id, name, activeLots, frozen },
  close,
}: {
  trader: Trader
  close: () => void
}) {
  const { t } = useWords()
  const act = (reason: string) =>
    call(marketConsole.freezeTrader, { params: { id }, body: { frozen: frozen === null, reason } })
  return frozen === null ? (
    <ReasonDialog
      title={t('market.act.freezeTrader')}
      hint={t('market.act.freezeTraderHint', { name, count: activeLots })}
      word={t('market.act.freezeTraderDo')}
      done={t('market.act.frozenTrader')}
      danger
      act={act}
      close={close}
    />
  ) : (
    <ReasonDialog
      title={t('market.act.unfreezeTrader')}
      hint={t('market.act.unfreezeTraderHint', { name })}
      word={t('market.act.unfreezeTraderDo')}
      done={t('market.act.unfrozenTrader')}
      act={act}
      close={close}
    />
  )
}
