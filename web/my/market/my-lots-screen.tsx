import { useState } from 'preact/hooks'
import type { MyLot } from '../../../contracts/market.ts'
import { formatDay, formatMoment, formatMoney } from '../../shared/format/index.ts'
import { linkTo } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import { useMyLots } from '../data/market.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { Choice } from './choice.tsx'
import { LotSheet } from './lot-sheet.tsx'
import { Moods } from './lot-words.tsx'
import styles from './market.module.css'
import { sizeOf, useMarketWords } from './market-words.ts'

type Which = 'active' | 'over'

/** What the person has put up: to be changed while it is on sale, and how it ended. */
export function MyLotsScreen({ lineId }: { lineId: string }) {
  const { m } = useMarketWords()
  const [which, setWhich] = useState<Which>('active')
  const [open, setOpen] = useState<string>()
  return (
    <>
      <Choice
        label={m.parts.lots}
        options={[
          { value: 'active', name: m.lots.onSale },
          { value: 'over', name: m.lots.over },
        ]}
        value={which}
        onChoose={setWhich}
      />
      <LotList key={which} lineId={lineId} active={which === 'active'} open={open} onOpen={setOpen} />
    </>
  )
}

interface ListProps {
  readonly lineId: string
  readonly active: boolean
  readonly open: string | undefined
  readonly onOpen: (id: string | undefined) => void
}

function LotList({ lineId, active, open, onOpen }: ListProps) {
  const { w } = useWords()
  const [pages, setPages] = useState(1)
  return (
    <Shown reading={useMyLots(lineId, active, pages)}>
      {({ items, more }) => {
        const opened = items.find(({ id }) => id === open)
        return items.length === 0 ? (
          <Empty />
        ) : (
          <section class={parts.card}>
            <ul class={`${parts.list} ${styles.rows}`}>
              {items.map((lot) => (
                <li key={lot.id}>{active ? <OnSale lot={lot} onOpen={onOpen} /> : <Over lot={lot} />}</li>
              ))}
            </ul>
            {more && (
              <Button look="plain" onClick={() => setPages(pages + 1)}>
                {w.app.more}
              </Button>
            )}
            {opened && <LotSheet lot={opened} onClose={() => onOpen(undefined)} />}
          </section>
        )
      }}
    </Shown>
  )
}

function OnSale({ lot, onOpen }: { lot: MyLot; onOpen: (id: string) => void }) {
  const { m, locale } = useMarketWords()
  const [size, price] = [sizeOf(lot.type, lot.units, locale), formatMoney(lot.priceKopecks, locale)]
  return (
    <button type="button" class={styles.lot} onClick={() => onOpen(lot.id)}>
      <span class="visually-hidden">{m.lots.open(size, price)}</span>
      <span class={styles.lotHead} aria-hidden="true">
        <b>{size}</b>
        <b class={styles.price}>{price}</b>
      </span>
      <span class={styles.lotFoot}>
        <span>{m.lots.until(formatDay(lot.endsAt, locale))}</span>
        <Moods of={lot.moods} />
        {lot.raised && lot.raisedUntil && (
          <span class={styles.mark}>{m.lots.raisedUntil(formatMoment(lot.raisedUntil, locale))}</span>
        )}
        <span class={styles.unitPrice}>
          {m.lots.get(formatMoney(lot.priceKopecks - lot.feeKopecks, locale))}
        </span>
      </span>
      {lot.frozen && <span class={parts.wrong}>{m.lots.frozen}</span>}
    </button>
  )
}

function Over({ lot }: { lot: MyLot }) {
  const { m, locale } = useMarketWords()
  const { w } = useWords()
  const { state, returned, closedAt, type, units, priceKopecks } = lot
  return (
    <div class={styles.lot}>
      <span class={styles.lotHead}>
        <b>{sizeOf(type, units, locale)}</b>
        <b class={styles.price}>{formatMoney(priceKopecks, locale)}</b>
      </span>
      <span class={styles.lotFoot}>
        <span>
          {m.lots.state[state]}
          {returned && ` — ${w.orders.market.why[returned]}`}
        </span>
        {closedAt && <span class={styles.unitPrice}>{formatDay(closedAt, locale)}</span>}
      </span>
    </div>
  )
}

function Empty() {
  const { m } = useMarketWords()
  return (
    <div class={styles.empty}>
      <h2>{m.lots.empty}</h2>
      <p>{m.lots.emptyWhat}</p>
      <a class={styles.act} {...linkTo('market', 'sell')}>
        {m.sellOwn}
      </a>
    </div>
  )
}
