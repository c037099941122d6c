import { useState } from 'preact/hooks'
import type { Offering } from '../../../contracts/catalogue.ts'
import type { Connected } from '../../../contracts/lines.ts'
import { useWords } from '../app/words.ts'
import { OrderSheet, takeBack } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import { priceOf } from './price.ts'
import styles from './services.module.css'

interface Props {
  readonly lineId: string
  readonly offering: Offering
  readonly connected?: Connected
  readonly nameOf: (code: string) => string
}

/** An option: what it is, what it costs, and one tap on or off. */
export function OptionRow({ lineId, offering, connected, nameOf }: Props) {
  const { w, locale } = useWords()
  const [asks, setAsks] = useState(false)
  const { code, title, summary } = offering.terms
  const name = title[locale]
  const way = connected ? 'off' : 'on'
  return (
    <li class={styles.row}>
      <div class={styles.what}>
        <b>{name}</b>
        <span class={styles.note}>{summary[locale]}</span>
        <span class={styles.price}>{priceOf(offering, w, locale, connected?.feeKopecks)}</span>
      </div>
      {connected?.ending ? (
        <Button
          look="plain"
          onClick={() =>
            connected.ending &&
            void takeBack({ id: connected.ending.orderId, lineId }, w.order.done.undone, locale)
          }
        >
          {w.services.restore}
        </Button>
      ) : (
        <Button
          look="soft"
          aria-label={`${connected ? w.services.stop : w.services.connect}: ${name}`}
          onClick={() => setAsks(true)}
        >
          {connected ? w.services.stop : w.services.connect}
        </Button>
      )}
      {asks && (
        <OrderSheet
          lineId={lineId}
          request={{ kind: connected ? 'disconnect-option' : 'connect-option', code }}
          title={w.order.title[way](name)}
          confirm={w.order.confirm[way]}
          done={w.order.done[way](name)}
          nameOf={nameOf}
          onClose={() => setAsks(false)}
        />
      )}
    </li>
  )
}
