import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import type { DealReceipt } from '../../../contracts/market.ts'
import { formatDay, formatMoment, formatMoney } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { go } from '../app/route.ts'
import { disputeDeal } from '../data/market.ts'
import { Button } from '../parts/button.tsx'
import { Facts } from '../parts/facts.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { WordsField } from '../parts/words-field.tsx'
import styles from './market.module.css'
import { sizeOf, useMarketWords } from './market-words.ts'

interface Props {
  readonly deal: DealReceipt
  readonly onClose: () => void
}

/** The receipt of one side, and the way to somebody who helps. */
export function DealSheet({ deal, onClose }: Props) {
  const { m, locale } = useMarketWords()
  const { number, side, type, units, priceKopecks, feeKopecks, otherName, at, usableUntil, reversed } = deal
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  return (
    <Sheet title={m.receipt.number(number)} onClose={onClose}>
      <p class={styles.sum}>
        {sizeOf(type, units, locale)} <span>{money(priceKopecks)}</span>
      </p>
      {reversed && <p class={parts.notice}>{m.receipt.reversed[side](money(reversed.kopecks))}</p>}
      <Facts
        of={[
          [m.receipt.when, formatMoment(at, locale)],
          side === 'bought' && [m.receipt.seller, otherName ?? m.anonymous],
          [m.receipt.fee, feeKopecks === 0 ? m.buy.noFee : money(feeKopecks)],
          side === 'sold' && [m.receipt.net, money(priceKopecks - feeKopecks)],
          // What was not used went back with it.
          usableUntil !== null && !reversed && [m.buy.until, m.buy.untilDay(formatDay(usableUntil, locale))],
        ]}
      />
      <Dispute deal={deal} onClose={onClose} />
    </Sheet>
  )
}

function Dispute({ deal, onClose }: Props) {
  const { m, locale } = useMarketWords()
  // Sent again after a lost answer it is the same question.
  const [id] = useState(() => v7())
  const [asks, setAsks] = useState(false)
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const send = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await disputeDeal(deal, id, words.trim())
      onClose()
      go('help', 'chat')
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  if (!asks)
    return (
      <Button look="plain" onClick={() => setAsks(true)}>
        {m.receipt.wrong}
      </Button>
    )
  return (
    <div class={styles.way}>
      <WordsField label={m.receipt.words} value={words} onInput={setWords} />
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {problemText(problem, locale)}
        </p>
      )}
      <Button busy={busy} onClick={() => void send()}>
        {m.receipt.send}
      </Button>
    </div>
  )
}
