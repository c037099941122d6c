import { formatMoment, formatMoney } from '../../shared/format/index.ts'
import { linkTo } from '../app/route.ts'
import { useTopUp, useTopUps } from '../data/payments.ts'
import parts from '../parts/parts.module.css'
import { useFinanceWords } from './finance-words.ts'
import { StateMark } from './state-mark.tsx'
import styles from './top-up.module.css'
import { toldTopUps, type Unfinished } from './unfinished.ts'

/** Top-ups that were begun and have not come, each with the way on; nothing where there are none. */
export function UnfinishedTopUps({ lineId }: { readonly lineId: string }) {
  const { value } = useTopUps(lineId)
  return (
    <>
      {toldTopUps(value ?? [], Date.now()).map((topUp) => (
        <UnfinishedCard key={topUp.id} topUp={topUp} />
      ))}
    </>
  )
}

function UnfinishedCard({ topUp }: { readonly topUp: Unfinished }) {
  const { w, locale } = useFinanceWords()
  const { id, state, reason, amountKopecks, startedAt } = topUp
  const words = w.topUp.unfinished[state]
  const why = reason === null ? undefined : w.topUp.reasons[reason]
  return (
    <section class={`${parts.card} ${styles.unfinished}`} data-state={state} aria-labelledby={`top-up-${id}`}>
      <header>
        <StateMark state={state} />
        <h2 id={`top-up-${id}`}>{words.title(formatMoney(amountKopecks, locale))}</h2>
      </header>
      <p class={styles.note}>{why ?? words.explained(formatMoment(startedAt, locale))}</p>
      <WayOn topUp={topUp} />
    </section>
  )
}

/** What can be done about it: paid where it was begun, asked about, or begun anew. */
function WayOn({ topUp }: { readonly topUp: Unfinished }) {
  const { w, locale } = useFinanceWords()
  const { state, amountKopecks } = topUp
  switch (state) {
    case 'waiting':
      return <GoOn topUp={topUp} />
    case 'unknown':
      return (
        <a class={styles.act} data-look="soft" {...linkTo('help', 'chat')}>
          {w.help.chat}
        </a>
      )
    case 'failed':
    case 'expired':
      return (
        <a class={styles.act} data-look="soft" {...linkTo('finance', `top-up/again/${amountKopecks}`)}>
          {w.topUp.again(formatMoney(amountKopecks, locale))}
        </a>
      )
    default:
      return null
  }
}

/** Lists do not tell where it is paid: that is asked of the one payment. */
function GoOn({ topUp: { id, lineId } }: { readonly topUp: Unfinished }) {
  const { w } = useFinanceWords()
  const { value } = useTopUp(lineId, id)
  if (!value?.redirectUrl) return null
  return (
    <a class={styles.act} data-look="soft" href={value.redirectUrl}>
      {w.topUp.backToPay}
    </a>
  )
}
