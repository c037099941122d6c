import { useState } from 'preact/hooks'
import type { MarketBook, MarketLot, MarketTier } from '../../../contracts/market.ts'
import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { go, linkTo } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import { useConnection } from '../data/live.ts'
import { type Shelf, useFirstPage, useMyLots, useTail, useTiers, type Want } from '../data/market.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { BuySheet } from './buy-sheet.tsx'
import { CheapestSheet } from './cheapest-sheet.tsx'
import { TypeChoice } from './choice.tsx'
import { Moods, useSellerName } from './lot-words.tsx'
import styles from './market.module.css'
import { sizeOf, unitPrice, useMarketWords } from './market-words.ts'
import { PriceSheet } from './prices/price-sheet.tsx'

/** What is being bought: a lot that was tapped as it stood, or the cheapest that come to a volume. */
interface Buying {
  readonly want: Want
  readonly seen: MarketLot | undefined
}

/** What is on sale: choose, tap, confirm. */
export function BookScreen({ lineId }: { lineId: string }) {
  const { m } = useMarketWords()
  const [shelf, setShelf] = useState<Shelf>({ type: 'data', units: null })
  const [buying, setBuying] = useState<Buying>()
  const [asks, setAsks] = useState(false)
  const [looks, setLooks] = useState(false)
  const { type, units } = shelf
  const isEmpty = useTiers(type).value?.tiers.length === 0
  return (
    <>
      <TypeChoice value={type} onChoose={(next) => setShelf({ type: next, units: null })} />
      {!(isEmpty && units === null) && (
        <Sizes type={type} units={units} onChoose={(next) => setShelf({ type, units: next })} />
      )}
      <div class={styles.ways}>
        {!isEmpty && (
          <Button look="soft" onClick={() => setAsks(true)}>
            {m.cheapest.open}
          </Button>
        )}
        <Button look="soft" onClick={() => setLooks(true)}>
          {m.prices.open}
        </Button>
      </div>
      <Book
        key={`${type} ${units}`}
        shelf={shelf}
        lineId={lineId}
        onTap={(seen) => setBuying({ want: { lotId: seen.id }, seen })}
      />
      {looks && <PriceSheet type={type} units={units} onClose={() => setLooks(false)} />}
      {asks && (
        <CheapestSheet
          type={type}
          units={units}
          onClose={() => setAsks(false)}
          onAsk={(want) => {
            setAsks(false)
            setBuying({ want, seen: undefined })
          }}
        />
      )}
      {buying && <BuySheet {...buying} type={type} lineId={lineId} onClose={() => setBuying(undefined)} />}
    </>
  )
}

interface SizesProps extends Shelf {
  readonly onChoose: (units: number | null) => void
}

/** Sizes that are on sale, the smallest first, each with how many lots there are and from which price. */
function Sizes({ type, units, onChoose }: SizesProps) {
  const { m, locale } = useMarketWords()
  const tiers = useTiers(type).value?.tiers ?? []
  // A size that was chosen stays in sight when its last lot is sold.
  const shown = [
    ...tiers,
    ...(units !== null && !tiers.some((one) => one.units === units) ? [empty(units)] : []),
  ]
  return (
    <fieldset class={styles.sizes}>
      <legend class="visually-hidden">{m.sizes}</legend>
      <button type="button" class={styles.chip} aria-pressed={units === null} onClick={() => onChoose(null)}>
        {m.anySize}
        <small>{m.lotsCount(tiers.reduce((sum, { lots }) => sum + lots, 0))}</small>
      </button>
      {shown
        .toSorted((a, b) => a.units - b.units)
        .map((tier) => (
          <button
            key={tier.units}
            type="button"
            class={styles.chip}
            aria-pressed={tier.units === units}
            onClick={() => onChoose(tier.units)}
          >
            {sizeOf(type, tier.units, locale)}
            <small>{m.lotsCount(tier.lots)}</small>
          </button>
        ))}
    </fieldset>
  )
}

const empty = (units: number): MarketTier => ({ units, lots: 0, cheapestKopecks: 0, averageKopecks: 0 })

interface BookProps {
  readonly shelf: Shelf
  readonly lineId: string
  readonly onTap: (lot: MarketLot) => void
}

function Book({ shelf, lineId, onTap }: BookProps) {
  const first = useFirstPage(shelf)
  return (
    <Shown reading={first}>
      {(book) => (
        <>
          {!first.problem && <Freshness asOf={book.asOf} />}
          <Lots book={book} shelf={shelf} lineId={lineId} onTap={onTap} />
        </>
      )}
    </Shown>
  )
}

/** Whether what is seen is what there is. */
function Freshness({ asOf }: { asOf: string }) {
  const { m, locale } = useMarketWords()
  const { online } = useConnection()
  return (
    <p class={styles.freshness} data-live={online}>
      {online ? m.live : m.asOf(formatMoment(asOf, locale))}
    </p>
  )
}

function Lots({ book, shelf, lineId, onTap }: BookProps & { book: MarketBook }) {
  const { m, locale } = useMarketWords()
  const { w } = useWords()
  const tail = useTail(shelf, book.next)
  const mine = useMyLots(lineId, true, 1).value?.items ?? []
  const own = new Set(mine.map(({ id }) => id))
  const onFirst = new Set(book.lots.map(({ id }) => id))
  const lots = [...book.lots, ...tail.lots.filter(({ id }) => !onFirst.has(id))]
  if (lots.length === 0) return <Empty />
  const rowOf = (lot: MarketLot) => (
    <LotRow
      key={lot.id}
      lot={lot}
      own={own.has(lot.id)}
      onTap={() => (own.has(lot.id) ? go('market', 'lots') : onTap(lot))}
    />
  )
  return (
    <>
      {book.raised.length > 0 && (
        <section class={parts.card} data-raised="true" aria-labelledby="raised">
          <div>
            <h2 id="raised">{m.raisedTitle}</h2>
            <p class={styles.note}>{m.raisedWhy}</p>
          </div>
          <ul class={`${parts.list} ${styles.rows}`}>{book.raised.map(rowOf)}</ul>
        </section>
      )}
      <section class={parts.card} aria-labelledby="lots">
        <h2 id="lots">{m.bestFirst}</h2>
        <ul class={`${parts.list} ${styles.rows}`}>{lots.map(rowOf)}</ul>
        {tail.problem && (
          <p class={parts.wrong} role="alert">
            {problemText(tail.problem, locale)}
          </p>
        )}
        {tail.more && (
          <Button look="plain" busy={tail.busy} onClick={tail.next}>
            {tail.problem ? w.app.retry : w.app.more}
          </Button>
        )}
      </section>
    </>
  )
}

interface RowProps {
  readonly lot: MarketLot
  readonly own: boolean
  readonly onTap: () => void
}

function LotRow({ lot, own, onTap }: RowProps) {
  const { m, locale } = useMarketWords()
  const nameOf = useSellerName()
  const size = sizeOf(lot.type, lot.units, locale)
  const price = formatMoney(lot.priceKopecks, locale)
  return (
    <li>
      <button type="button" class={styles.lot} data-own={own} onClick={onTap}>
        <span class="visually-hidden">{own ? m.ownLot(size, price) : m.lot(size, price, nameOf(lot))}</span>
        <span class={styles.lotHead} aria-hidden="true">
          <b>{size}</b>
          <b class={styles.price}>{price}</b>
        </span>
        <span class={styles.lotFoot}>
          <span class={styles.seller} aria-hidden={!own}>
            {own ? <b class={styles.mark}>{m.own}</b> : nameOf(lot)}
          </span>
          <Moods of={lot.moods} />
          {lot.raised && <span class={styles.mark}>{m.raised}</span>}
          <span class={styles.unitPrice}>
            {unitPrice(lot, locale)} {m.unitOf[lot.type]}
          </span>
        </span>
      </button>
    </li>
  )
}

function Empty() {
  const { m } = useMarketWords()
  return (
    <div class={styles.empty}>
      <h2>{m.none}</h2>
      <p>{m.noneWhat}</p>
      <a class={styles.act} {...linkTo('market', 'sell')}>
        {m.sellOwn}
      </a>
    </div>
  )
}
