import { useState } from 'preact/hooks'
import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Want } from '../data/market.ts'
import { AmountField, kopecksOf } from '../finance/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import styles from './market.module.css'
import { useMarketWords } from './market-words.ts'
import { UnitsField, unitsOf } from './units-field.tsx'

interface Props {
  readonly type: TrafficType
  /** The size that is looked at. */
  readonly units: number | null
  readonly onAsk: (want: Want) => void
  readonly onClose: () => void
}

/** How much, and at most how dear a unit. */
export function CheapestSheet({ type, units, onAsk, onClose }: Props) {
  const { m } = useMarketWords()
  const [wanted, setWanted] = useState(units === null ? '' : String(units))
  const [ceiling, setCeiling] = useState('')
  const count = unitsOf(wanted)
  const ceilingKopecks = kopecksOf(ceiling)
  const fits = count > 0 && (ceiling === '' || ceilingKopecks > 0)
  return (
    <Sheet title={m.cheapest.title} onClose={onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (fits) onAsk({ type, units: count, ...(ceilingKopecks > 0 && { ceilingKopecks }) })
        }}
      >
        <p class={styles.note}>{m.cheapest.lead}</p>
        <UnitsField label={m.cheapest.units(m.unitName[type])} value={wanted} onInput={setWanted} />
        <div class={styles.field}>
          <AmountField label={m.cheapest.ceiling(m.unitOf[type])} value={ceiling} onInput={setCeiling} />
          <small class={styles.note}>{m.cheapest.ceilingWhat}</small>
        </div>
        <Button type="submit" disabled={!fits}>
          {m.cheapest.look}
        </Button>
      </form>
    </Sheet>
  )
}
