import type { TrafficType } from '../../../contracts/amounts.ts'
import type { MarketAdvice } from '../../../contracts/market.ts'
import { formatDuration, formatMoney } from '../../shared/format/index.ts'
import { useAdvice } from '../data/market.ts'
import { Button } from '../parts/button.tsx'
import styles from './market.module.css'
import { useMarketWords } from './market-words.ts'
import { useSteady } from './use-steady.ts'

interface Props {
  readonly lineId: string
  readonly type: TrafficType
  readonly units: number
  readonly priceKopecks: number
  readonly onPrice: (kopecks: number) => void
}

/** When it is likely to be bought at this price, honestly; and the price at which it would be first. */
export function Advice({ lineId, onPrice, type, units, priceKopecks }: Props) {
  const asked = useSteady(`${type} ${units} ${priceKopecks}`)
  const isSteady = asked === `${type} ${units} ${priceKopecks}`
  return isSteady ? (
    <Expected lineId={lineId} type={type} units={units} priceKopecks={priceKopecks} onPrice={onPrice} />
  ) : (
    <Waiting />
  )
}

function Waiting() {
  const { m } = useMarketWords()
  return (
    <section class={styles.advice} aria-busy="true" aria-label={m.advice.title}>
      <p class={styles.note}>{m.advice.busy}</p>
    </section>
  )
}

function Expected({ lineId, type, units, priceKopecks, onPrice }: Props) {
  const { m, locale } = useMarketWords()
  const { value } = useAdvice(lineId, { type, units, priceKopecks })
  // Without it one sells all the same.
  if (!value) return <Waiting />
  const { sooner, cheapestKopecks, ahead, basedOn } = value
  const facts =
    cheapestKopecks === null
      ? [m.advice.flow(basedOn), m.advice.first]
      : [
          m.advice.ahead(ahead),
          m.advice.flow(basedOn),
          m.advice.cheapest(formatMoney(cheapestKopecks, locale)),
        ]
  return (
    <section
      class={styles.advice}
      data-chance={basedOn === 0 ? 'unknown' : value.chance}
      aria-label={m.advice.title}
      aria-live="polite"
    >
      <b>{expectation(value, m.advice, (ms) => formatDuration(ms, locale))}</b>
      {facts.map((fact) => (
        <p key={fact} class={styles.note}>
          {fact}
        </p>
      ))}
      {sooner && (
        <Button look="plain" onClick={() => onPrice(sooner.priceKopecks)}>
          {m.advice.sooner(formatMoney(sooner.priceKopecks, locale))}
        </Button>
      )}
    </section>
  )
}

function expectation(
  { expectedMs, chance, basedOn }: MarketAdvice,
  words: ReturnType<typeof useMarketWords>['m']['advice'],
  time: (ms: number) => string,
): string {
  if (basedOn === 0) return words.unknown
  if (expectedMs === null) return words.never
  if (chance === 'likely') return words.in(time(expectedMs))
  return chance === 'uncertain' ? words.maybe(time(expectedMs)) : words.late(time(expectedMs))
}
