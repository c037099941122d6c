import { useEffect } from 'preact/hooks'
import type { TopUp } from '../../../contracts/payments.ts'
import { formatMoney } from '../../shared/format/index.ts'
import type { PageProps } from '../app/page-props.ts'
import { linkTo } from '../app/route.ts'
import { useHome } from '../data/lines.ts'
import { useTopUp } from '../data/payments.ts'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { useFinanceWords } from './finance-words.ts'
import { receiptText } from './receipt-text.ts'
import { StateMark } from './state-mark.tsx'
import styles from './top-up.module.css'
import { isUnfinished } from './unfinished.ts'

const LOOK_MS = 4_000

/** Where a payment stands: what the person comes back to, and may open again at any time. */
export function PaymentPage({ line, id }: Pick<PageProps, 'line'> & { id: string }) {
  const reading = useTopUp(line.id, id)
  const isOpen = reading.value !== undefined && isUnfinished(reading.value)
  const { again } = reading
  // It is told live; a notice may get lost, and the payment may be another line's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is the same for the same payment
  useEffect(() => {
    if (!isOpen) return undefined
    const timer = setInterval(again, LOOK_MS)
    return () => clearInterval(timer)
  }, [isOpen, id])
  return (
    <Shown reading={reading} rows={2}>
      {(topUp) => <Standing topUp={topUp} lineId={line.id} />}
    </Shown>
  )
}

function Standing({ topUp, lineId }: { topUp: TopUp; lineId: string }) {
  const { w, locale } = useFinanceWords()
  const { state, reason, amountKopecks, redirectUrl } = topUp
  const money = formatMoney(amountKopecks, locale)
  const why = reason === null ? undefined : w.topUp.reasons[reason]
  return (
    <section class={styles.standing} data-state={state} aria-labelledby="standing">
      <StateMark state={state} />
      <div role="status">
        <h1 id="standing">{w.topUp.states[state]}</h1>
        <p class={styles.sum}>{money}</p>
        <p class={styles.note}>{why ?? w.topUp.explained[state]}</p>
        {topUp.refundedKopecks > 0 && (
          <p class={styles.note}>{w.topUp.refunded(formatMoney(topUp.refundedKopecks, locale))}</p>
        )}
        {topUp.receipt && <p class={styles.note}>{receiptText(topUp.receipt, w)}</p>}
        {state === 'succeeded' && topUp.lineId === lineId && <Balance lineId={lineId} />}
      </div>
      {redirectUrl && (
        <a class={styles.act} data-look="soft" href={redirectUrl}>
          {w.topUp.backToPay}
        </a>
      )}
      {(state === 'failed' || state === 'expired') && (
        <a class={styles.act} data-look="main" {...linkTo('finance', `top-up/again/${amountKopecks}`)}>
          {w.topUp.again(money)}
        </a>
      )}
      <a
        class={styles.act}
        data-look={state === 'succeeded' ? 'main' : 'plain'}
        {...linkTo(state === 'unknown' ? 'help' : 'home', state === 'unknown' ? 'chat' : '')}
      >
        {state === 'unknown' ? w.help.chat : w.topUp.toHome}
      </a>
    </section>
  )
}

function Balance({ lineId }: { lineId: string }) {
  const { w, locale } = useFinanceWords()
  const { value } = useHome(lineId)
  if (!value) return null
  return (
    <p class={parts.card}>
      {w.home.balance} <b class="tabular">{formatMoney(value.balanceKopecks, locale)}</b>
    </p>
  )
}
