import { formatDay, formatMoment } from '../../../shared/format/index.ts'
import { useMarketWords } from '../market-words.ts'
import type { PricePoint } from './price-plot.ts'
import styles from './prices.module.css'
import { useUnitMoney } from './use-unit-money.ts'

interface Props {
  readonly points: readonly PricePoint[]
  readonly byHour: boolean
}

/** The same in numbers, the newest first. */
export function PriceTable({ points, byHour }: Props) {
  const { m, locale } = useMarketWords()
  const money = useUnitMoney()
  return (
    <details class={styles.details}>
      <summary>{m.prices.table}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.prices.when}</th>
            <th scope="col">{m.prices.mean}</th>
            <th scope="col">{m.prices.fromTo}</th>
            <th scope="col">{m.prices.deals}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ at, averageUnitKopecks, lowUnitKopecks, highUnitKopecks, deals }) => (
            <tr key={at}>
              <th scope="row">{byHour ? formatMoment(at, locale) : formatDay(at, locale)}</th>
              <td>{money(averageUnitKopecks)}</td>
              <td>
                {lowUnitKopecks === highUnitKopecks
                  ? money(lowUnitKopecks)
                  : `${money(lowUnitKopecks)} – ${money(highUnitKopecks)}`}
              </td>
              <td>{deals}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
