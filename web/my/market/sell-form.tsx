import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import type { Mood, Sellable } from '../../../contracts/market.ts'
import { isProblem } from '../../shared/api/index.ts'
import { formatMoney } from '../../shared/format/index.ts'
import { go } from '../app/route.ts'
import { type LotWish, putUp, useTiers } from '../data/market.ts'
import { AmountField, kopecksOf } from '../finance/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { say } from '../parts/toast.tsx'
import { Advice } from './advice.tsx'
import styles from './market.module.css'
import { marketProblem, sizeOf, unitPrice, useMarketWords } from './market-words.ts'
import { MoodChoice } from './mood-choice.tsx'
import { NameChoice } from './name-choice.tsx'
import { feeOf, roubles, startOf, termsFit } from './terms.ts'
import { UnitsField, unitsOf } from './units-field.tsx'

interface Props {
  readonly lineId: string
  readonly name: string
  readonly sellable: Sellable
  readonly feeBasisPoints: number
}

/** A lot: how much, for how much, under which name. */
export function SellForm({ lineId, name, sellable, feeBasisPoints }: Props) {
  const { m, locale } = useMarketWords()
  const { type } = sellable
  const tiers = useTiers(type).value?.tiers
  const start = startOf(sellable)
  const [written, setWritten] = useState(String(start))
  const [price, setPrice] = useState<string>()
  const [moods, setMoods] = useState<readonly Mood[]>([])
  const [showName, setShowName] = useState(false)
  const [wish, setWish] = useState<LotWish>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const units = unitsOf(written)
  // Until a price is written it is that of the cheapest of this size, or the lowest that may be asked.
  const usual = tiers?.find((one) => one.units === units)?.cheapestKopecks ?? sellable.minUnitKopecks * units
  const shownPrice = price ?? roubles(usual)
  const priceKopecks = kopecksOf(shownPrice)
  const fit = termsFit(sellable, units, priceKopecks)
  const fee = feeOf(priceKopecks, feeBasisPoints)
  const money = (kopecks: number) => formatMoney(kopecks, locale)

  const list = async () => {
    const wanted = { lineId, type, units, priceKopecks, moods, showName }
    // A second try after a lost answer is the same lot.
    const mine = wish && sameWish(wish, wanted) ? wish : { id: v7(), ...wanted }
    setWish(mine)
    setBusy(true)
    setProblem(undefined)
    try {
      await putUp(mine)
      say({ text: m.sell.listed })
      go('market', 'lots')
    } catch (error) {
      setProblem(error)
      if (isProblem(error, 'market_refused')) setWish(undefined)
      setBusy(false)
    }
  }
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (fit.units && fit.price && !busy) void list()
      }}
    >
      <div class={styles.field}>
        <UnitsField label={m.sell.units(m.unitName[type])} value={written} onInput={setWritten} />
        {!fit.units && (
          <p class={parts.wrong} aria-live="polite">
            {m.sell.unitBounds(sizeOf(type, sellable.minUnits, locale), sizeOf(type, fit.maxUnits, locale))}
          </p>
        )}
      </div>
      <div class={styles.field}>
        <AmountField label={m.sell.price} value={shownPrice} onInput={setPrice} />
        {fit.units && (
          <p class={fit.price ? styles.note : parts.wrong} aria-live="polite">
            {fit.price
              ? m.sell.perUnit(unitPrice({ units, priceKopecks }, locale), m.unitOf[type])
              : m.sell.priceBounds(money(fit.minKopecks), money(fit.maxKopecks))}
          </p>
        )}
      </div>
      {fit.units && fit.price && (
        <Advice
          lineId={lineId}
          type={type}
          units={units}
          priceKopecks={priceKopecks}
          onPrice={(kopecks) => setPrice(roubles(kopecks))}
        />
      )}
      <MoodChoice value={moods} onChoose={setMoods} />
      <NameChoice name={name} value={showName} onChoose={setShowName} />
      {fit.units && fit.price && (
        <p class={styles.net}>
          {m.sell.get} <b>{money(priceKopecks - fee)}</b>
          {fee > 0 && <small>{m.sell.fee(money(fee))}</small>}
        </p>
      )}
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {marketProblem(problem, type, locale)}
        </p>
      )}
      <Button type="submit" busy={busy} disabled={!fit.units || !fit.price}>
        {m.sell.act(money(priceKopecks))}
      </Button>
      <p class={styles.note}>{m.sell.hold}</p>
    </form>
  )
}

const sameWish = ({ id: _, ...before }: LotWish, now: Omit<LotWish, 'id'>): boolean =>
  JSON.stringify(before) === JSON.stringify(now)
