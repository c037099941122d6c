import { useState } from 'preact/hooks'
import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Sellable } from '../../../contracts/market.ts'
import { useSelling } from '../data/market.ts'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { TypeChoice } from './choice.tsx'
import styles from './market.module.css'
import { reasonText, sizeOf, useMarketWords } from './market-words.ts'
import { SellForm } from './sell-form.tsx'

interface Props {
  readonly lineId: string
  /** Of the person; buyers see the first word of it, if they see it. */
  readonly name: string
}

/** What can be sold, why not the rest, and the form that puts it up. */
export function SellScreen({ lineId, name }: Props) {
  const { m, locale } = useMarketWords()
  const [type, setType] = useState<TrafficType>('data')
  const canSell = (what: TrafficType, types: readonly Sellable[]) => {
    const units = types.find((one) => one.type === what)?.units ?? 0
    return units === 0 ? m.sell.cannot : m.sell.can(sizeOf(what, units, locale))
  }
  return (
    <Shown reading={useSelling(lineId)}>
      {({ types, feeBasisPoints }) => {
        const sellable = types.find((one) => one.type === type)
        return (
          <>
            <TypeChoice value={type} onChoose={setType} noteOf={(one) => canSell(one, types)} />
            {sellable && <HowMuch sellable={sellable} />}
            {sellable && sellable.units > 0 && (
              <SellForm
                key={type}
                lineId={lineId}
                name={name}
                sellable={sellable}
                feeBasisPoints={feeBasisPoints}
              />
            )}
          </>
        )
      }}
    </Shown>
  )
}

/** "You can sell 12 of 30 GB, because …" */
function HowMuch({ sellable: { type, units, leftUnits, onSaleUnits, obstacles } }: { sellable: Sellable }) {
  const { m, locale } = useMarketWords()
  const size = (count: number) => sizeOf(type, count, locale)
  const whole = leftUnits + onSaleUnits
  return (
    <section class={parts.card} aria-live="polite">
      <b>
        {whole === 0
          ? m.sell.has
          : units === 0
            ? m.sell.nothing(size(whole))
            : m.sell.all(size(units), size(whole))}
      </b>
      {obstacles.length > 0 && (
        <ul class={styles.reasons} aria-label={m.sell.because}>
          {obstacles.map((one) => (
            <li key={one.reason}>
              {one.units
                ? m.sell.keeps(size(one.units), reasonText(one, type, locale))
                : reasonText(one, type, locale)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
