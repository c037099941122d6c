import styles from './market.module.css'
import { useMarketWords } from './market-words.ts'

interface Props {
  readonly name: string
  readonly value: boolean
  readonly onChoose: (shown: boolean) => void
}

/** Whether buyers see the seller's first name; nothing else of them is ever shown. */
export function NameChoice({ name, value, onChoose }: Props) {
  const { m } = useMarketWords()
  const [first = ''] = name.trim().split(/\s+/u)
  return (
    <label class={styles.check}>
      <input type="checkbox" checked={value} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <span>
        {m.sell.name}
        <small>{m.sell.nameWhat(value && first ? first : m.anonymous)}</small>
      </span>
    </label>
  )
}
