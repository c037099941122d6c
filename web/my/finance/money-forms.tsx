import { useState } from 'preact/hooks'
import type { MySession } from '../../../contracts/my.ts'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { formatMoney, formatPhone } from '../../shared/format/index.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { OrderSheet } from '../orders/order-sheet.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { msisdnIn, PhoneInput } from '../parts/phone-input.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { AmountField, kopecksOf } from './amount-field.tsx'
import styles from './finance.module.css'
import { useFinanceWords } from './finance-words.ts'

type Form = 'promised' | 'transfer'
type MoneyRequest = Extract<OrderRequest, { kind: 'promised-payment' | 'transfer-money' }>

/** What somebody has typed; kept while they look at what it comes to, so that they can change it. */
interface Draft {
  readonly form: Form
  readonly roubles: string
  readonly to: string
}

interface Props {
  readonly lineId: string
  readonly session: MySession
}

/** Money that comes for a while, money that goes to somebody else. */
export function MoneyForms({ lineId, session }: Props) {
  const { w, locale } = useFinanceWords()
  const [draft, setDraft] = useState<Draft>()
  const [request, setRequest] = useState<MoneyRequest>()
  const [fresh, setFresh] = useState(
    session.freshUntil !== null && Date.parse(session.freshUntil) > Date.now(),
  )
  const begin = (form: Form) => setDraft({ form, roubles: '', to: '' })
  const close = () => {
    setDraft(undefined)
    setRequest(undefined)
  }
  const sends = request?.kind === 'transfer-money'
  // Money leaves the line: the code of a moment ago stands before the question.
  const needsCode = sends && !fresh
  return (
    <>
      <div class={styles.ways}>
        <Button look="soft" onClick={() => begin('promised')}>
          {w.finance.promised}
        </Button>
        <Button look="soft" onClick={() => begin('transfer')}>
          {w.finance.transfer}
        </Button>
      </div>
      {draft && !request && (
        <AmountSheet draft={draft} onDraft={setDraft} onClose={close} onAsk={setRequest} />
      )}
      {needsCode && <FreshCode onClose={close} onFresh={() => setFresh(true)} />}
      {request && !needsCode && (
        <OrderSheet
          lineId={lineId}
          request={request}
          title={
            sends
              ? w.finance.transferTo(
                  formatMoney(request.amountKopecks, locale),
                  formatPhone(request.toMsisdn),
                )
              : w.finance.promised
          }
          confirm={sends ? w.finance.send : w.finance.take}
          done={sends ? w.finance.sent : w.finance.taken}
          nameOf={(code) => code}
          onClose={close}
          onAmend={() => setRequest(undefined)}
        />
      )}
    </>
  )
}

/** Undefined: not all of it is told yet. */
function requestOf({ form, roubles, to }: Draft): MoneyRequest | undefined {
  const amountKopecks = kopecksOf(roubles)
  if (amountKopecks === 0) return undefined
  if (form === 'promised') return { kind: 'promised-payment', amountKopecks }
  const toMsisdn = msisdnIn(to)
  return toMsisdn === undefined ? undefined : { kind: 'transfer-money', toMsisdn, amountKopecks }
}

interface AmountProps {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly onClose: () => void
  readonly onAsk: (request: MoneyRequest) => void
}

function AmountSheet({ draft, onDraft, onClose, onAsk }: AmountProps) {
  const { w } = useFinanceWords()
  const request = requestOf(draft)
  const sends = draft.form === 'transfer'
  return (
    <Sheet title={sends ? w.finance.transfer : w.finance.promised} onClose={onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (request) onAsk(request)
        }}
      >
        <p class={styles.note}>{sends ? w.finance.transferLead : w.finance.promisedLead}</p>
        {sends && (
          <label class={parts.field} for="transfer-to">
            <span>{w.finance.to}</span>
            <PhoneInput id="transfer-to" value={draft.to} onValue={(to) => onDraft({ ...draft, to })} />
          </label>
        )}
        <AmountField
          label={w.app.amount}
          value={draft.roubles}
          onInput={(roubles) => onDraft({ ...draft, roubles })}
        />
        <Button type="submit" disabled={!request}>
          {w.finance.next}
        </Button>
      </form>
    </Sheet>
  )
}
