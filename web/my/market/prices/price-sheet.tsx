import { useState } from 'preact/hooks'
import {
  HISTORY_DAYS,
  type History,
  type HistoryDays,
  type Shelf,
  useHistory,
  useTiers,
} from '../../data/market.ts'
import parts from '../../parts/parts.module.css'
import { Sheet } from '../../parts/sheet.tsx'
import { Shown } from '../../parts/states.tsx'
import { Choice } from '../choice.tsx'
import market from '../market.module.css'
import { sizeOf, useMarketWords } from '../market-words.ts'
import { PriceChart } from './price-chart.tsx'
import { summarise } from './price-plot.ts'
import { PriceTable } from './price-table.tsx'
import styles from './prices.module.css'
import { useUnitMoney } from './use-unit-money.ts'

interface Props extends Shelf {
  readonly onClose: () => void
}

/** What was paid for a unit of late: in a sentence, as a picture, as a table. */
export function PriceSheet({ type, units, onClose }: Props) {
  const { m } = useMarketWords()
  const [size, setSize] = useState(units)
  const [days, setDays] = useState<HistoryDays>(30)
  return (
    <Sheet title={m.prices.title(m.unitOf[type])} onClose={onClose}>
      <SizeChoice type={type} units={size} onChoose={setSize} />
      <Choice
        label={m.prices.period}
        options={HISTORY_DAYS.map((value) => ({ value: String(value), name: m.prices.days(value) }))}
        value={String(days)}
        onChoose={(value) => setDays(HISTORY_DAYS.find((one) => String(one) === value) ?? days)}
      />
      <Shown reading={useHistory({ type, units: size }, days)}>
        {(history) => <Prices key={`${size} ${days}`} history={history} days={days} />}
      </Shown>
    </Sheet>
  )
}

interface SizeProps extends Shelf {
  readonly onChoose: (units: number | null) => void
}

/** Lots of one size, or all of them: a large lot is often cheaper a unit. */
function SizeChoice({ type, units, onChoose }: SizeProps) {
  const { m, locale } = useMarketWords()
  const onSale = useTiers(type).value?.tiers.map((tier) => tier.units) ?? []
  const sizes = [...new Set([...onSale, ...(units === null ? [] : [units])])].sort((a, b) => a - b)
  return (
    <label class={market.field}>
      <span>{m.prices.size}</span>
      <select
        class={parts.input}
        value={units ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? null : Number(value))}
      >
        <option value="">{m.prices.anySize}</option>
        {sizes.map((size) => (
          <option key={size} value={size}>
            {sizeOf(type, size, locale)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Prices({ history, days }: { history: History; days: HistoryDays }) {
  const { m } = useMarketWords()
  const money = useUnitMoney()
  const told = summarise(history.points)
  if (!told)
    return (
      <div class={market.empty}>
        <h2>{m.prices.none}</h2>
        <p>{m.prices.noneWhat}</p>
      </div>
    )
  const { deals, lowKopecks, highKopecks, averageKopecks, lastPercent } = told
  return (
    <section class={styles.prices} aria-live="polite">
      <p>
        <b class={market.sum}>{money(averageKopecks)}</b>
        <span class={market.note}>
          {m.prices.average(m.unitOf[history.type], deals)}{' '}
          {lowKopecks < highKopecks && m.prices.range(money(lowKopecks), money(highKopecks))}{' '}
          {lastPercent !== null && m.prices.last(lastPercent)}
        </span>
      </p>
      <PriceChart points={history.points} byHour={days <= 2} />
      <PriceTable points={history.points} byHour={days <= 2} />
    </section>
  )
}
