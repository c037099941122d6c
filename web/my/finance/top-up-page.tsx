import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import type { Line } from '../../../contracts/lines.ts'
import type { TopUpTerms } from '../../../contracts/payments.ts'
import { formatDay, formatMoney, formatPhone } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useLineChoice } from '../app/line-choice.ts'
import type { PageProps } from '../app/page-props.ts'
import { go } from '../app/route.ts'
import { endsAt, lackingFor } from '../data/cover.ts'
import { useHome } from '../data/lines.ts'
import { startTopUp, type TopUpWish, useTopUpTerms } from '../data/payments.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { AmountField, kopecksOf } from './amount-field.tsx'
import { useFinanceWords } from './finance-words.ts'
import { addressOf } from './receipt-text.ts'
import styles from './top-up.module.css'

const USUAL = [10_000, 30_000, 50_000, 100_000]
const BELOW_KOPECKS = 10_000
const MONTHS_OF_CHARGES = 3

interface Props extends PageProps {
  /** What was begun before and came to nothing. */
  readonly againKopecks?: number
}

/** How much, to which number, and whether it is to go on by itself; then the person is sent to whoever takes the money. */
export function TopUpPage({ line, session, rest, againKopecks }: Props) {
  const { w } = useFinanceWords()
  const { choose } = useLineChoice(session.lines)
  const home = useHome(line.id)
  const terms = useTopUpTerms(line.id)
  return (
    <>
      <BackLink to="finance">{w.finance.title}</BackLink>
      <h1>{rest === 'automatic' ? w.topUp.automatic : w.topUp.title}</h1>
      {session.lines.length > 1 && (
        <label class={parts.field}>
          <span>{w.topUp.number}</span>
          <select class={parts.input} value={line.id} onChange={(event) => choose(event.currentTarget.value)}>
            {session.lines.map((one) => (
              <option key={one.id} value={one.id}>
                {formatPhone(`+${one.msisdn}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Shown reading={terms} rows={2}>
        {(known) =>
          known.available ? (
            <Shown reading={home} rows={1}>
              {(value) => (
                <TopUpForm
                  key={line.id}
                  line={value}
                  terms={known}
                  operator={session.operator.name}
                  isAutomatic={rest === 'automatic'}
                  againKopecks={againKopecks}
                />
              )}
            </Shown>
          ) : (
            <p class={parts.notice}>{w.topUp.unavailable}</p>
          )
        }
      </Shown>
    </>
  )
}

interface FormProps {
  readonly line: Line
  readonly terms: TopUpTerms
  readonly operator: string
  readonly isAutomatic: boolean
  readonly againKopecks: number | undefined
}

function TopUpForm({ line, terms, operator, isAutomatic, againKopecks }: FormProps) {
  const { w, locale } = useFinanceWords()
  const most = Math.min(terms.maxKopecks, terms.leftTodayKopecks)
  const chips = chipsFor(line, againKopecks, { least: terms.minKopecks, most })
  // A few roubles are lacking now; what goes on by itself is a usual sum.
  const first = (isAutomatic && chips.find((kopecks) => kopecks >= BELOW_KOPECKS)) || chips[0] || 0
  const [roubles, setRoubles] = useState(String(first / 100))
  const [repeats, setRepeats] = useState(isAutomatic)
  /** As the person wrote it; until then what is usual, or the whole sum where that is less. */
  const [written, setWritten] = useState<string>()
  const [mail, setMail] = useState('')
  const [wish, setWish] = useState<TopUpWish>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const amountKopecks = kopecksOf(roubles)
  const below = written ?? String(Math.min(BELOW_KOPECKS, amountKopecks) / 100)
  const belowKopecks = kopecksOf(below)
  const monthlyMaxKopecks = amountKopecks * MONTHS_OF_CHARGES
  const fits = amountKopecks >= terms.minKopecks && amountKopecks <= most
  const ruleFits = !repeats || (belowKopecks > 0 && belowKopecks <= amountKopecks)
  const consent = w.topUp.consent(
    operator,
    money(amountKopecks),
    money(belowKopecks),
    money(monthlyMaxKopecks),
  )

  const pay = async () => {
    const automatic = repeats ? { belowKopecks, monthlyMaxKopecks, consent } : undefined
    const wanted = { lineId: line.id, amountKopecks, automatic, receiptTo: mail.trim() || undefined }
    // A second try after a lost answer is the same payment.
    const mine = wish && sameWish(wish, wanted) ? wish : { id: v7(), ...wanted }
    setWish(mine)
    setBusy(true)
    setProblem(undefined)
    try {
      const { id, redirectUrl } = await startTopUp(mine)
      if (redirectUrl) location.assign(redirectUrl)
      else go('finance', `top-up/${id}`)
    } catch (error) {
      setProblem(error)
    }
    // Who turns back finds the button as it was; pressed again it is the same payment.
    setBusy(false)
  }
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (fits && ruleFits && !busy) void pay()
      }}
    >
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
      {line.role === 'owner' && terms.method === null && (
        <label class={styles.check}>
          <input
            type="checkbox"
            checked={repeats}
            onChange={(event) => setRepeats(event.currentTarget.checked)}
          />
          <span>
            {w.topUp.repeat}
            <small>{w.topUp.repeatWhy}</small>
          </span>
        </label>
      )}
      {repeats && line.role === 'owner' && (
        <div class={parts.card}>
          <AmountField label={w.topUp.below} value={below} onInput={setWritten} />
          {!ruleFits && <p class={parts.wrong}>{w.topUp.belowAtMost(money(amountKopecks))}</p>}
          <p class={styles.note}>{consent}</p>
        </div>
      )}
      {terms.receiptTo !== null && (
        <label class={parts.field}>
          <span>{w.topUp.receiptMail}</span>
          <input
            class={parts.input}
            type="email"
            autocomplete="email"
            maxLength={200}
            value={mail}
            onInput={(event) => setMail(event.currentTarget.value)}
          />
          <small class={styles.note}>{w.topUp.receiptWhere(addressOf(terms.receiptTo))}</small>
        </label>
      )}
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

function Cover({ line, more }: { line: Line; more: number }) {
  const { w, locale } = useFinanceWords()
  // Who is only trusted with the balance is not told what is charged.
  if (line.coming.length === 0)
    return <>{w.topUp.newBalance(formatMoney(line.balanceKopecks + more, locale))}</>
  const until = endsAt(line, more)
  return <>{until === null ? w.topUp.lasts : w.topUp.lastsUntil(formatDay(until, locale))}</>
}

/** What was wanted before and what is lacking for a month first, then usual amounts; those alone that may be paid. */
function chipsFor(
  line: Line,
  again: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number[] {
  const lacking = lackingFor(line)
  const wanted = [...(again === undefined ? [] : [again]), ...(lacking > 0 ? [lacking] : []), ...USUAL]
  return [...new Set(wanted)].filter((kopecks) => kopecks >= least && kopecks <= most).slice(0, 4)
}

const sameWish = ({ id: _, ...before }: TopUpWish, now: Omit<TopUpWish, 'id'>): boolean =>
  JSON.stringify(before) === JSON.stringify(now)
