import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import type { Connected, LineServices } from '../../../contracts/lines.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { formatDay, formatMoney, formatSince } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { OrderSheet, takeBack } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { priceOf } from './price.ts'
import { RefundSheet } from './refund-sheet.tsx'
import styles from './services.module.css'

interface Props {
  readonly lineId: string
  readonly services: LineServices
  readonly nameOf: (code: string) => string
}

interface Asked {
  readonly request: OrderRequest
  readonly title: string
  readonly confirm: string
  readonly done: string
}

/** What third parties charge for: who, how much, since when, how it was agreed to; off in one tap, all of them, for ever. */
export function PaidSubscriptions({ lineId, services, nameOf }: Props) {
  const { w } = useWords()
  const [asked, setAsked] = useState<Asked>()
  const { content, contentBanned } = services
  const running = content.filter(({ ending }) => ending === null)
  const ask = (request: OrderRequest, key: 'stopAll' | 'ban' | 'allow', confirm: string) =>
    setAsked({ request, title: w.order.title[key], confirm, done: w.order.done[key] })
  return (
    <section class={parts.card} aria-labelledby="paid">
      <h2 id="paid">
        {w.services.paid}
        {content.length > 0 && <span class={styles.count}> · {w.services.paidLead(content.length)}</span>}
      </h2>
      {content.length === 0 && <p class={styles.note}>{w.services.paidNone}</p>}
      <ul class={parts.list}>
        {content.map((one) => (
          <Subscription key={one.id} lineId={lineId} connected={one} onStop={setAsked} />
        ))}
      </ul>
      {contentBanned && <p class={styles.note}>{w.services.banned}</p>}
      <div class={styles.acts}>
        {running.length > 1 && (
          <Button
            look="soft"
            onClick={() => ask({ kind: 'stop-all-content' }, 'stopAll', w.order.confirm.off)}
          >
            {w.services.stopAll}
          </Button>
        )}
        {contentBanned ? (
          <Button look="plain" onClick={() => ask({ kind: 'allow-content' }, 'allow', w.order.confirm.allow)}>
            {w.services.allow}
          </Button>
        ) : (
          <Button look="soft" onClick={() => ask({ kind: 'ban-content' }, 'ban', w.order.confirm.ban)}>
            {w.services.ban}
          </Button>
        )}
      </div>
      {asked && (
        <OrderSheet {...asked} lineId={lineId} nameOf={nameOf} onClose={() => setAsked(undefined)}>
          {asked.request.kind === 'ban-content' && <p>{w.order.banWhat}</p>}
        </OrderSheet>
      )}
    </section>
  )
}

function Subscription({
  lineId,
  connected,
  onStop,
}: {
  lineId: string
  connected: Connected
  onStop: (asked: Asked) => void
}) {
  const { w, locale } = useWords()
  const { offering, since, nextChargeAt, feeKopecks, consent, spentKopecks, ending } = connected
  const { terms } = offering
  const name = terms.title[locale]
  const day = (at: string) => formatDay(at, locale)
  const [wishId] = useState(() => v7())
  const [asksBack, setAsksBack] = useState(false)
  return (
    <li class={styles.subscription} data-ending={ending !== null}>
      <div class={styles.row}>
        <div class={styles.what}>
          <b>{name}</b>
          {terms.kind === 'content' && (
            <span class={styles.note}>{w.services.partner(terms.partner.name)}</span>
          )}
          <span class={styles.price}>{priceOf(offering, w, locale, feeKopecks)}</span>
        </div>
        {ending ? (
          <Button
            look="plain"
            onClick={() => void takeBack({ id: ending.orderId, lineId }, w.order.done.undone, locale)}
          >
            {w.services.restore}
          </Button>
        ) : (
          <Button
            look="soft"
            aria-label={`${w.services.stop}: ${name}`}
            onClick={() =>
              onStop({
                request: { kind: 'stop-content', code: terms.code },
                title: w.order.title.off(name),
                confirm: w.order.confirm.off,
                done: w.order.done.off(name),
              })
            }
          >
            {w.services.stop}
          </Button>
        )}
      </div>
      <p class={styles.facts}>
        {ending ? (
          <span>{w.services.stopping}</span>
        ) : (
          nextChargeAt && (
            <span>{w.services.nextCharge(formatMoney(feeKopecks, locale), day(nextChargeAt))}</span>
          )
        )}
        <span>{formatSince(since, locale)}</span>
        <span>{w.services.spent(formatMoney(spentKopecks, locale))}</span>
        {consent && (
          <span>
            {w.services.consent(day(consent.at), w.services.through[consent.through] ?? consent.through)}
          </span>
        )}
      </p>
      <Button look="plain" onClick={() => setAsksBack(true)}>
        {w.services.refund}
      </Button>
      {asksBack && (
        <RefundSheet
          lineId={lineId}
          connected={connected}
          wishId={wishId}
          onClose={() => setAsksBack(false)}
        />
      )}
    </li>
  )
}
