import { useState } from 'preact/hooks'
import type { MySession } from '../../../contracts/my.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import styles from './finance.module.css'

type Form = 'promised' | 'transfer'

interface Props {
  readonly lineId: string
  readonly session: MySession
}

/** Money that comes for a while, money that goes to somebody else. */
export function MoneyForms({ lineId, session }: Props) {
  const { w } = useWords()
  const [form, setForm] = useState<Form>()
  const [request, setRequest] = useState<OrderRequest>()
  const [fresh, setFresh] = useState(
    session.freshUntil !== null && Date.parse(session.freshUntil) > Date.now(),
  )
  const close = () => {
    setForm(undefined)
    setRequest(undefined)
  }
  // Money leaves the line: the code of a moment ago stands before the question.
  const needsCode = request?.kind === 'transfer-money' && !fresh
  return (
    <>
      <div class={styles.ways}>
        <Button look="soft" onClick={() => setForm('promised')}>
          {w.finance.promised}
        </Button>
        <Button look="soft" onClick={() => setForm('transfer')}>
          {w.finance.transfer}
        </Button>
      </div>
      {form && !request && <AmountSheet form={form} onClose={close} onAsk={setRequest} />}
      {needsCode && <FreshCode onClose={close} onFresh={() => setFresh(true)} />}
      {request && !needsCode && (
        <OrderSheet
          lineId={lineId}
          request={request}
          title={form === 'transfer' ? w.finance.transfer : w.finance.promised}
          confirm={form === 'transfer' ? w.finance.send : w.finance.take}
          done={form === 'transfer' ? w.finance.sent : w.finance.taken}
          nameOf={(code) => code}
          onClose={close}
        />
      )}
    </>
  )
}

interface AmountProps {
  readonly form: Form
  readonly onClose: () => void
  readonly onAsk: (request: OrderRequest) => void
}

function AmountSheet({ form, onClose, onAsk }: AmountProps) {
  const { w } = useWords()
  const [roubles, setRoubles] = useState('')
  const [to, setTo] = useState('+7 ')
  const amountKopecks = Math.round(Number(roubles.replace(',', '.')) * 100)
  const toMsisdn = to.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '7')
  const isReady = amountKopecks > 0 && (form === 'promised' || toMsisdn.length === 11)
  return (
    <Sheet title={form === 'transfer' ? w.finance.transfer : w.finance.promised} onClose={onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          onAsk(
            form === 'transfer'
              ? { kind: 'transfer-money', toMsisdn, amountKopecks }
              : { kind: 'promised-payment', amountKopecks },
          )
        }}
      >
        <p class={styles.note}>{form === 'transfer' ? w.finance.transferLead : w.finance.promisedLead}</p>
        {form === 'transfer' && (
          <label class={parts.field}>
            <span>{w.finance.to}</span>
            <input
              class={parts.input}
              type="tel"
              inputMode="tel"
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          </label>
        )}
        <label class={parts.field}>
          <span>{w.finance.amount}</span>
          <input
            class={parts.input}
            inputMode="decimal"
            autoComplete="off"
            value={roubles}
            onInput={(event) => setRoubles(event.currentTarget.value.replace(/[^\d.,]/g, ''))}
          />
        </label>
        <Button type="submit" disabled={!isReady}>
          {w.finance.next}
        </Button>
      </form>
    </Sheet>
  )
}
