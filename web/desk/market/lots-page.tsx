import { NumberInput, SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { TrafficType } from '../../../contracts/amounts.ts'
import { formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { marketBookQuery, marketLotsQuery, type Shelf } from '../data/market.ts'
import settings from '../settings/settings.module.css'
import { FindTrader } from './find-trader.tsx'
import { LotRows } from './lot-rows.tsx'
import styles from './market.module.css'
import { PagedRows } from './paged-rows.tsx'
import { useBookLive } from './use-book-live.ts'

const VIEWS = ['book', 'frozen', 'all'] as const
const TYPES = ['data', 'voice', 'sms'] as const
const TYPING_MS = 350

/** Lots: the book as buyers see it, those that are frozen, or all of them. */
export function LotsPage() {
  const { t } = useWords()
  const { view = 'book', type = 'data', units } = useSearch({ from: '/market/lots' })
  const navigate = useNavigate()
  return (
    <>
      <div className={settings.head}>
        <h1>{t('market.part.lots')}</h1>
        <FindTrader />
      </div>
      <SegmentedControl
        aria-label={t('market.lots.view')}
        value={view}
        data={VIEWS.map((value) => ({ value, label: t(`market.lots.${value}`) }))}
        onChange={(value) =>
          void navigate({ to: '/market/lots', search: { view: VIEWS.find((one) => one === value) } })
        }
      />
      {view === 'book' && <Book key={type} type={type} units={units ?? null} />}
      {view === 'frozen' && <NewestLots frozen />}
      {view === 'all' && <NewestLots />}
    </>
  )
}

function Book({ type, units }: Shelf) {
  const { t } = useWords()
  const navigate = useNavigate()
  const query = useInfiniteQuery(marketBookQuery({ type, units }))
  const choose = (next: { type: TrafficType; units: number | null }) =>
    void navigate({
      to: '/market/lots',
      search: { type: next.type, ...(next.units !== null && { units: next.units }) },
      replace: true,
    })
  return (
    <>
      <div className={styles.filters}>
        <SegmentedControl
          aria-label={t('market.lots.typeLabel')}
          value={type}
          data={TYPES.map((value) => ({ value, label: t(`market.type.${value}`) }))}
          onChange={(value) => choose({ type: TYPES.find((one) => one === value) ?? type, units: null })}
        />
        <SizeField type={type} units={units} onChoose={(size) => choose({ type, units: size })} />
      </div>
      <Freshness shelf={{ type, units }} readAt={query.dataUpdatedAt} />
      <PagedRows
        query={query}
        empty={{ title: t('market.lots.emptyBook'), hint: t('market.lots.emptyBookHint') }}
      >
        {(lots) => <LotRows lots={lots} />}
      </PagedRows>
    </>
  )
}

interface SizeProps extends Shelf {
  readonly onChoose: (units: number | null) => void
}

function SizeField({ type, units, onChoose }: SizeProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState<number | string>(units ?? '')
  const [settled] = useDebouncedValue(typed, TYPING_MS)
  const isWrong = typed !== '' && !(Number.isInteger(Number(typed)) && Number(typed) >= 1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed and has settled is asked for once
  useEffect(() => {
    const next = settled === '' ? null : Number(settled)
    if (!isWrong && next !== units) onChoose(next)
  }, [settled])
  return (
    <NumberInput
      aria-label={t('market.lots.size', { unit: t(`market.lots.unit.${type}`) })}
      placeholder={`${t('market.lots.size', { unit: t(`market.lots.unit.${type}`) })}: ${t('market.lots.anySize')}`}
      hideControls
      allowDecimal={false}
      allowNegative={false}
      max={100_000}
      clampBehavior="strict"
      w={180}
      value={typed}
      error={isWrong && t('market.lots.badSize')}
      onChange={setTyped}
    />
  )
}

/** How the list is ordered, and whether what is seen is what there is. */
function Freshness({ shelf, readAt }: { shelf: Shelf; readAt: number }) {
  const { t, locale } = useWords()
  const isLive = useBookLive(shelf, true)
  return (
    <p className={styles.fresh}>
      {t('market.lots.order')}{' '}
      <span data-live={isLive}>
        {isLive
          ? t('market.lots.live')
          : readAt > 0 && t('market.lots.notLive', { at: formatTime(readAt, locale) })}
      </span>
    </p>
  )
}

function NewestLots({ frozen = false }: { frozen?: boolean }) {
  const { t } = useWords()
  const query = useInfiniteQuery(marketLotsQuery({ frozen }))
  return (
    <>
      <p className={styles.fresh}>{!frozen && t('market.lots.newestFirst')}</p>
      <PagedRows
        query={query}
        empty={
          frozen
            ? { title: t('market.lots.emptyFrozen'), hint: t('market.lots.emptyFrozenHint') }
            : { title: t('market.lots.emptyAll'), hint: t('market.lots.emptyAllHint') }
        }
      >
        {(lots) => <LotRows lots={lots} />}
      </PagedRows>
    </>
  )
}
