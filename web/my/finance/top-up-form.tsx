import { useState } from 'preact/hooks'
import type { Line } from '../../../contracts/lines.ts'
import type { TopUpTerms } from '../../../contracts/payments.ts'
import { formatDay, formatMoney } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { endsAt } from '../data/cover.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { AmountField } from './amount-field.tsx'
import { useFinanceWords } from './finance-words.ts'
import { addressOf } from './receipt-text.ts'
import styles from './top-up.module.css'
import { usePaying } from './use-paying.ts'
import { type Intent, useTopUpForm } from './use-top-up-form.ts'

interface Props extends Intent {
  readonly line: Line
  readonly terms: TopUpTerms
  readonly operator: string
}

/** How much, whether it goes on by itself and where the receipt goes; the button says the sum. */
export function TopUpForm({ line, terms, operator, ...intent }: Props) {
  const { w, locale } = useFinanceWords()
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const topUp = useTopUpForm(line, terms, intent)
  const { amountKopecks, belowKopecks, monthlyMaxKopecks, repeats, fits, ruleFits } = topUp
  const [mail, setMail] = useState('')
  const { pay, busy, problem } = usePaying()
  const consent = w.topUp.consent(
    operator,
    money(amountKopecks),
    money(belowKopecks),
    money(monthlyMaxKopecks),
  )
  const submit = () => {
    if (!fits || !ruleFits || busy) return
    const automatic = repeats ? { belowKopecks, monthlyMaxKopecks, consent } : undefined
    void pay({ lineId: line.id, amountKopecks, automatic, receiptTo: mail.trim() || undefined })
  }
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Amount line={line} terms={terms} topUp={topUp} />
      {line.role === 'owner' && terms.method === null && (
        <RepeatBox repeats={repeats} onRepeats={topUp.setRepeats} />
      )}
      {repeats && line.role === 'owner' && (
        <div class={parts.card}>
          <AmountField label={w.topUp.below} value={topUp.below} onInput={topUp.setBelow} />
          {!ruleFits && <p class={parts.wrong}>{w.topUp.belowAtMost(money(amountKopecks))}</p>}
          <p class={styles.note}>{consent}</p>
        </div>
      )}
      {terms.receiptTo !== null && <ReceiptField to={terms.receiptTo} mail={mail} onMail={setMail} />}
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {problemText(problem, locale)}
        </p>
      )}
      <Button type="submit" busy={busy} disabled={!fits || !ruleFits}>
        {w.topUp.pay(money(amountKopecks))}
      </Button>
      <p class={styles.note}>{w.topUp.where}</p>
    </form>
  )
}

type TopUpState = ReturnType<typeof useTopUpForm>

/** Usual sums, one of one's own, and for how long it will do. */
function Amount({ line, terms, topUp }: Pick<Props, 'line' | 'terms'> & { topUp: TopUpState }) {
  const { w, locale } = useFinanceWords()
  const { chips, roubles, setRoubles, amountKopecks, fits, most } = topUp
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  return (
    <>
      <fieldset class={styles.chips}>
        <legend class="visually-hidden">{w.topUp.amount}</legend>
        {chips.map((kopecks) => (
          <button
            key={kopecks}
            type="button"
            class={styles.chip}
            aria-pressed={kopecks === amountKopecks}
            onClick={() => setRoubles(String(kopecks / 100))}
          >
            {money(kopecks)}
          </button>
        ))}
      </fieldset>
      <AmountField label={w.topUp.own} value={roubles} onInput={setRoubles} />
      <p class={styles.note} aria-live="polite">
        {fits ? (
          <Cover line={line} more={amountKopecks} />
        ) : (
          w.topUp.bounds(money(terms.minKopecks), money(most))
        )}
      </p>
    </>
  )
}

function Cover({ line, more }: { line: Line; more: number }) {
  const { w, locale } = useFinanceWords()
  // Who is only trusted with the balance is not told what is charged.
  if (line.coming.length === 0)
    return <>{w.topUp.newBalance(formatMoney(line.balanceKopecks + more, locale))}</>
  const until = endsAt(line, more)
  return <>{until === null ? w.topUp.lasts : w.topUp.lastsUntil(formatDay(until, locale))}</>
}

function RepeatBox({ repeats, onRepeats }: { repeats: boolean; onRepeats: (repeats: boolean) => void }) {
  const { w } = useFinanceWords()
  return (
    <label class={styles.check}>
      <input type="checkbox" checked={repeats} onChange={(event) => onRepeats(event.currentTarget.checked)} />
      <span>
        {w.topUp.repeat}
        <small>{w.topUp.repeatWhy}</small>
      </span>
    </label>
  )
}

interface ReceiptProps {
  readonly to: NonNullable<TopUpTerms['receiptTo']>
  readonly mail: string
  readonly onMail: (mail: string) => void
}

function ReceiptField({ to, mail, onMail }: ReceiptProps) {
  const { w } = useFinanceWords()
  return (
    <label class={parts.field}>
      <span>{w.topUp.receiptMail}</span>
      <input
        class={parts.input}
        type="email"
        autocomplete="email"
        maxLength={200}
        value={mail}
        onInput={(event) => onMail(event.currentTarget.value)}
      />
      <small class={styles.note}>{w.topUp.receiptWhere(addressOf(to))}</small>
    </label>
  )
}
