import { useState } from 'preact/hooks'
import type { DealReceipt } from '../../../contracts/market.ts'
import { formatDay, formatMoney, formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { useMyDeals } from '../data/market.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { Choice } from './choice.tsx'
import { DealSheet } from './deal-sheet.tsx'
import { byDay, movedBy } from './digest.ts'
import styles from './market.module.css'
import { sizeOf, useMarketWords } from './market-words.ts'

type Side = DealReceipt['side']

/** What was sold and bought, a day at a time: forty sales are one line to read. */
export function DealsScreen({ lineId }: { lineId: string }) {
  const { m } = useMarketWords()
  const [side, setSide] = useState<Side>('bought')
  return (
    <>
      <Choice
        label={m.deals.side}
        options={[
          { value: 'bought', name: m.deals.bought },
          { value: 'sold', name: m.deals.sold },
        ]}
        value={side}
        onChoose={setSide}
      />
      <Deals key={side} lineId={lineId} side={side} />
    </>
  )
}

function Deals({ lineId, side }: { lineId: string; side: Side }) {
  const { m, locale } = useMarketWords()
  const { w } = useWords()
  const [pages, setPages] = useState(1)
  const [open, setOpen] = useState<string>()
  return (
    <Shown reading={useMyDeals(lineId, side, pages)}>
      {({ items, more }) => {
        const opened = items.find(({ id }) => id === open)
        if (items.length === 0)
          return <p class={styles.empty}>{side === 'sold' ? m.deals.noneSold : m.deals.noneBought}</p>
        const days = byDay(items, (at) => formatDay(at, locale))
        return (
          <>
            {days.map(({ day, deals, kopecks }, index) => (
              <section key={day} class={parts.card} aria-label={day}>
                <div class={styles.dayHead}>
                  <h2>{day}</h2>
                  {/* The rest of the last day may be on the next page. */}
                  {(!more || index < days.length - 1) && (
                    <span class={styles.note}>
                      {m.deals.digest(deals.length, formatMoney(kopecks, locale))}
                    </span>
                  )}
                </div>
                <ul class={`${parts.list} ${styles.rows}`}>
                  {deals.map((deal) => (
                    <li key={deal.id}>
                      <DealRow deal={deal} onOpen={() => setOpen(deal.id)} />
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            {more && (
              <Button look="plain" onClick={() => setPages(pages + 1)}>
                {w.app.more}
              </Button>
            )}
            {opened && <DealSheet deal={opened} onClose={() => setOpen(undefined)} />}
          </>
        )
      }}
    </Shown>
  )
}

function DealRow({ deal, onOpen }: { deal: DealReceipt; onOpen: () => void }) {
  const { m, locale } = useMarketWords()
  const { type, units, number, at, reversed } = deal
  const size = sizeOf(type, units, locale)
  return (
    <button type="button" class={styles.lot} onClick={onOpen}>
      <span class="visually-hidden">{m.deals.open(size, number)}</span>
      <span class={styles.lotHead} aria-hidden="true">
        <b>{size}</b>
        <b class={styles.price}>{formatMoney(movedBy(deal), locale)}</b>
      </span>
      <span class={styles.lotFoot}>
        <span>{formatTime(at, locale)}</span>
        {reversed && <span class={styles.mark}>{m.deals.reversed}</span>}
      </span>
    </button>
  )
}
