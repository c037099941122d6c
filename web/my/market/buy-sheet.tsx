import { useState } from 'preact/hooks'
import type { TrafficType } from '../../../contracts/amounts.ts'
import type { MarketLot, MarketQuote } from '../../../contracts/market.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { formatDay, formatMoney } from '../../shared/format/index.ts'
import { go, linkTo } from '../app/route.ts'
import type { Want } from '../data/market.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { Button } from '../parts/button.tsx'
import { Facts } from '../parts/facts.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { Skeleton, Trouble } from '../parts/states.tsx'
import { Moods, useSellerName } from './lot-words.tsx'
import styles from './market.module.css'
import { marketProblem, obstaclesOf, reasonText, sizeOf, useMarketWords } from './market-words.ts'
import { type Changed, type Purchasing, usePurchase } from './use-purchase.ts'

interface Props {
  readonly lineId: string
  readonly type: TrafficType
  readonly want: Want
  /** The lot as it stood when it was tapped. */
  readonly seen: MarketLot | undefined
  readonly onClose: () => void
}

/** What it costs, what comes, until when; then the receipt. */
export function BuySheet({ lineId, type, want, seen, onClose }: Props) {
  const { m } = useMarketWords()
  const purchasing = usePurchase(lineId, want, seen)
  const [asksCode, setAsksCode] = useState(false)
  const { quote, problem, purchase } = purchasing
  if (asksCode)
    return (
      <FreshCode
        onClose={() => setAsksCode(false)}
        onFresh={() => {
          setAsksCode(false)
          void purchasing.look()
        }}
      />
    )
  return (
    <Sheet title={purchase ? m.receipt.bought : m.buy.title} onClose={onClose}>
      {purchase && quote && (
        <Bought quote={quote} numbers={purchase.deals.map(({ number }) => number)} onClose={onClose} />
      )}
      {!purchase && quote && quote.lots.length === 0 && (
        <NothingToBuy isLot={'lotId' in want} onClose={onClose} />
      )}
      {!purchase && quote && quote.lots.length > 0 && (
        <Confirm type={type} quote={quote} purchasing={purchasing} onCode={() => setAsksCode(true)} />
      )}
      {!quote && problem === undefined && <Skeleton rows={2} />}
      {!quote && problem !== undefined && (
        <Trouble
          problem={problem instanceof ApiProblem ? problem : new ApiProblem('internal')}
          again={() => void purchasing.look()}
        />
      )}
    </Sheet>
  )
}

interface ConfirmProps {
  readonly type: TrafficType
  readonly quote: MarketQuote
  readonly purchasing: Purchasing
  readonly onCode: () => void
}

function Confirm({ type, quote, purchasing, onCode }: ConfirmProps) {
  const { m, locale } = useMarketWords()
  const { changed, busy, isUnanswered, needsCode } = purchasing
  const { units, askedUnits, obstacles } = quote
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  return (
    <>
      {changed && <ChangedNotice changed={changed} />}
      {units < askedUnits && (
        <p class={parts.notice}>
          {m.buy.partly(sizeOf(type, units, locale), sizeOf(type, askedUnits, locale))}
        </p>
      )}
      <QuoteFacts type={type} quote={quote} />
      <p class={styles.note}>{m.buy.noResale}</p>
      {obstacles.map((one) => (
        <p key={one.reason} class={parts.wrong} role="alert">
          {reasonText(one, type, locale)}
        </p>
      ))}
      <PurchaseTrouble type={type} purchasing={purchasing} />
      {obstacles.some(({ reason }) => reason === 'balance') ? (
        <a class={styles.act} data-look="main" {...linkTo('finance', 'top-up')}>
          {m.buy.topUp}
        </a>
      ) : needsCode ? (
        <Button onClick={onCode}>{m.buy.confirmFirst}</Button>
      ) : (
        <Button busy={busy} disabled={obstacles.length > 0} onClick={() => void purchasing.buy()}>
          {isUnanswered ? m.buy.again : m.buy.act(money(quote.totalKopecks))}
        </Button>
      )}
    </>
  )
}

function ChangedNotice({ changed }: { changed: Changed }) {
  const { m, locale } = useMarketWords()
  return (
    <p class={parts.notice} role="alert">
      {changed.kind === 'price'
        ? m.buy.changed(formatMoney(changed.was, locale), formatMoney(changed.now, locale))
        : m.buy.bookChanged}
    </p>
  )
}

function QuoteFacts({ type, quote }: { type: TrafficType; quote: MarketQuote }) {
  const { m, locale } = useMarketWords()
  const nameOf = useSellerName()
  const { units, totalKopecks, lots, balanceAfterKopecks, expiresAt } = quote
  const [only] = lots.length === 1 ? lots : []
  return (
    <>
      <p class={styles.sum}>
        {sizeOf(type, units, locale)} <span>{formatMoney(totalKopecks, locale)}</span>
      </p>
      <Facts
        of={[
          only
            ? [
                m.receipt.seller,
                <>
                  {nameOf(only)} <Moods of={only.moods} />
                </>,
              ]
            : [m.buy.lots, String(lots.length)],
          [m.buy.fee, m.buy.noFee],
          [m.buy.until, m.buy.untilDay(formatDay(expiresAt, locale))],
          balanceAfterKopecks >= 0 && [m.buy.after, formatMoney(balanceAfterKopecks, locale)],
        ]}
      />
    </>
  )
}

/** Refusals that the new state on the screen tells better. */
const SHOWN_BY_STATE: readonly string[] = ['lot-changed', 'lot-gone', 'total']

function PurchaseTrouble({ type, purchasing }: { type: TrafficType; purchasing: Purchasing }) {
  const { m, locale } = useMarketWords()
  const { problem, changed, isUnanswered, needsCode } = purchasing
  if (problem === undefined || needsCode) return null
  const told = obstaclesOf(problem)
  if (changed && told.length > 0 && told.every(({ reason }) => SHOWN_BY_STATE.includes(reason))) return null
  return (
    <p class={parts.wrong} role="alert">
      {isUnanswered ? m.buy.againWhy : marketProblem(problem, type, locale)}
    </p>
  )
}

function NothingToBuy({ isLot, onClose }: { isLot: boolean; onClose: () => void }) {
  const { m } = useMarketWords()
  return (
    <>
      <div class={parts.notice} role="alert">
        <b>{isLot ? m.buy.gone : m.buy.noneFound}</b>
        <span>{isLot ? m.buy.goneWhat : m.buy.noneFoundWhat}</span>
      </div>
      <Button look="soft" onClick={onClose}>
        {m.buy.back}
      </Button>
    </>
  )
}

interface BoughtProps {
  readonly quote: MarketQuote
  readonly numbers: readonly number[]
  readonly onClose: () => void
}

function Bought({ quote, numbers, onClose }: BoughtProps) {
  const { m, locale } = useMarketWords()
  const { type, units, totalKopecks, balanceAfterKopecks, expiresAt } = quote
  return (
    <>
      <p role="status">{m.receipt.boughtWhat(sizeOf(type, units, locale))}</p>
      <p class={styles.sum}>
        {sizeOf(type, units, locale)} <span>{formatMoney(totalKopecks, locale)}</span>
      </p>
      <Facts
        of={[
          [m.buy.until, m.buy.untilDay(formatDay(expiresAt, locale))],
          [m.buy.after, formatMoney(balanceAfterKopecks, locale)],
          [m.receipt.numbers(numbers.length), numbers.join(', ')],
        ]}
      />
      <Button onClick={onClose}>{m.receipt.done}</Button>
      <Button
        look="soft"
        onClick={() => {
          onClose()
          go('market', 'deals')
        }}
      >
        {m.receipt.all}
      </Button>
    </>
  )
}
