import { useState } from 'preact/hooks'
import type { LineSettings } from '../../../contracts/lines.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { formatMoney } from '../../shared/format/index.ts'
import { linkTo } from '../app/route.ts'
import { useLineSettings } from '../data/lines.ts'
import { useTopUpTerms } from '../data/payments.ts'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { AmountField, kopecksOf } from './amount-field.tsx'
import { useFinanceWords } from './finance-words.ts'
import styles from './top-up.module.css'

type Rule = NonNullable<LineSettings['autoTopUp']>

/** The line's automatic top-up: what it does, from what, and the way to change or end it. */
export function AutomaticCard({ lineId }: { lineId: string }) {
  const { w, locale } = useFinanceWords()
  const settings = useLineSettings(lineId).value
  const terms = useTopUpTerms(lineId).value
  const [form, setForm] = useState<Rule>()
  const [request, setRequest] = useState<OrderRequest>()
  if (!settings || !terms?.available) return null
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const rule = settings.autoTopUp
  const close = () => {
    setForm(undefined)
    setRequest(undefined)
  }
  return (
    <section class={parts.card} aria-labelledby="automatic">
      <h2 id="automatic">{w.topUp.automatic}</h2>
      {rule && terms.method ? (
        <>
          <p class={styles.rule}>
            {w.topUp.rule(money(rule.amountKopecks), money(rule.belowKopecks))}
            <small>
              {terms.method.title} · {w.topUp.monthly(money(rule.monthlyMaxKopecks))}
            </small>
          </p>
          <div class={styles.ways}>
            <Button look="soft" onClick={() => setForm(rule)}>
              {w.topUp.change}
            </Button>
            <Button look="plain" onClick={() => setRequest({ kind: 'set-auto-top-up', rule: null })}>
              {w.topUp.off}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p class={styles.note}>{w.topUp.automaticLead}</p>
          <a class={styles.act} data-look="soft" {...linkTo('finance', 'top-up/automatic')}>
            {w.topUp.on}
          </a>
        </>
      )}
      {form && !request && (
        <RuleSheet
          rule={form}
          onClose={close}
          onAsk={(changed) => setRequest({ kind: 'set-auto-top-up', rule: changed })}
        />
      )}
      {request?.kind === 'set-auto-top-up' && (
        <OrderSheet
          lineId={lineId}
          request={request}
          title={w.topUp.automatic}
          confirm={request.rule === null ? w.topUp.off : w.app.save}
          done={request.rule === null ? w.topUp.isOff : w.app.saved}
          nameOf={(code) => code}
          onClose={close}
        />
      )}
    </section>
  )
}

interface SheetProps {
  readonly rule: Rule
  readonly onClose: () => void
  readonly onAsk: (rule: Rule) => void
}

function RuleSheet({ rule, onClose, onAsk }: SheetProps) {
  const { w } = useFinanceWords()
  const [amount, setAmount] = useState(String(rule.amountKopecks / 100))
  const [below, setBelow] = useState(String(rule.belowKopecks / 100))
  const [most, setMost] = useState(String(rule.monthlyMaxKopecks / 100))
  const changed = {
    amountKopecks: kopecksOf(amount),
    belowKopecks: kopecksOf(below),
    monthlyMaxKopecks: kopecksOf(most),
  }
  return (
    <Sheet title={w.topUp.automatic} onClose={onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          onAsk(changed)
        }}
      >
        <AmountField label={w.topUp.below} value={below} onInput={setBelow} />
        <AmountField label={w.topUp.each} value={amount} onInput={setAmount} />
        <AmountField label={w.topUp.most} value={most} onInput={setMost} />
        <Button type="submit" disabled={Object.values(changed).includes(0)}>
          {w.finance.next}
        </Button>
      </form>
    </Sheet>
  )
}
