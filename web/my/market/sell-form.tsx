import { useState } from 'preact/hooks'
import type { Mood, Sellable } from '../../../contracts/market.ts'
import { formatMoney } from '../../shared/format/index.ts'
import { useTiers } from '../data/market.ts'
import { AmountField, kopecksOf } from '../finance/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Advice } from './advice.tsx'
import styles from './market.module.css'
import { marketProblem, sizeOf, unitPrice, useMarketWords } from './market-words.ts'
import { MoodChoice } from './mood-choice.tsx'
import { NameChoice } from './name-choice.tsx'
import { feeOf, roubles, startOf, termsFit } from './terms.ts'
import { UnitsField, unitsOf } from './units-field.tsx'
import { usePuttingUp } from './use-putting-up.ts'

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
  const { list, busy, problem } = usePuttingUp()
  const units = unitsOf(written)
  // Until a price is written it is that of the cheapest of this size, or the lowest that may be asked.
  const usual = tiers?.find((one) => one.units === units)?.cheapestKopecks ?? sellable.minUnitKopecks * units
  const shownPrice = price ?? roubles(usual)
  const priceKopecks = kopecksOf(shownPrice)
  const fit = termsFit(sellable, units, priceKopecks)
  const fits = fit.units && fit.price
  const fee = feeOf(priceKopecks, feeBasisPoints)
  const money = (kopecks: number) => formatMoney(kopecks, locale)

  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (fits && !busy) void list({ lineId, type, units, priceKopecks, moods, showName })
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
      {fits && (
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
      {fits && (
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
      <Button type="submit" busy={busy} disabled={!fits}>
        {m.sell.act(money(priceKopecks))}
      </Button>
      <p class={styles.note}>{m.sell.hold}</p>
    </form>
  )
}
