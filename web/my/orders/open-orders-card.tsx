import { z } from 'zod'
import { type Order, OrderEffect, orders } from '../../../contracts/orders.ts'
import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { useReading } from '../data/reading.ts'
import { orderText } from '../help/order-text.ts'
import parts from '../parts/parts.module.css'
import { conflictText } from './effects.tsx'
import { isOpen, worthTelling } from './open-orders.ts'
import styles from './orders.module.css'

const LATEST = 20

interface Props {
  readonly lineId: string
  readonly nameOf: (code: string) => string
}

/** What of the person's wishes has not ended, or came to nothing, and why. Nothing where all went well. */
export function OpenOrders({ lineId, nameOf }: Props) {
  const { w, locale } = useWords()
  const { value } = useReading(`line:${lineId}:orders`, () =>
    call(orders.listOrders, { params: { id: lineId }, query: { limit: LATEST } }),
  )
  const told = worthTelling(value?.items ?? [], Date.now())
  if (told.length === 0) return null
  return (
    <section class={parts.card} aria-labelledby="open-orders">
      <h2 id="open-orders">{w.orders.open}</h2>
      <ul class={parts.list}>
        {told.map((order) => (
          <li key={order.id} class={styles.open}>
            <b>{orderText(order, w, locale)}</b>
            <span>{isOpen(order) ? w.orders.told[order.state] : whyRefused(order)}</span>
            <small>{formatMoment(order.placedAt, locale)}</small>
          </li>
        ))}
      </ul>
    </section>
  )

  function whyRefused({ reason }: Order): string {
    const [first] = conflictsOf(reason)
    if (!first) return w.orders.refusedWhy
    return conflictText(w, first, nameOf, (kopecks) => formatMoney(kopecks, locale))
  }
}

type Conflict = Extract<OrderEffect, { effect: 'conflict' }>
const Conflicts = z.object({ conflicts: z.array(z.looseObject({})) })

/** What was in the way, where the reason says it in words of ours. */
function conflictsOf(reason: Order['reason']): Conflict[] {
  const named = Conflicts.safeParse(reason?.facts)
  return (named.data?.conflicts ?? []).flatMap((one) => {
    const { data } = OrderEffect.safeParse({ ...one, effect: 'conflict' })
    return data?.effect === 'conflict' ? [data] : []
  })
}
