import { useState } from 'preact/hooks'
import type { MySession } from '../../../contracts/my.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { msisdnIn, PhoneInput } from '../parts/phone-input.tsx'
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

/** Undefined: not all of it is told yet. */
function requestOf(
  form: Form,
  amountKopecks: number,
  toMsisdn: string | undefined,
): OrderRequest | undefined {
  if (!(amountKopecks > 0)) return undefined
  if (form === 'promised') return { kind: 'promised-payment', amountKopecks }
  return toMsisdn === undefined ? undefined : { kind: 'transfer-money', toMsisdn, amountKopecks }
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
  const request = requestOf(form, amountKopecks, msisdnIn(to))
  return (
    <Sheet title={form === 'transfer' ? w.finance.transfer : w.finance.promised} onClose={onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (request) onAsk(request)
        }}
      >
        <p class={styles.note}>{form === 'transfer' ? w.finance.transferLead : w.finance.promisedLead}</p>
        {form === 'transfer' && (
          <label class={parts.field} for="transfer-to">
            <span>{w.finance.to}</span>
            <PhoneInput id="transfer-to" value={to} onValue={setTo} />
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
        <Button type="submit" disabled={!request}>
          {w.finance.next}
        </Button>
      </form>
    </Sheet>
  )
}
