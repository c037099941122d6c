import type { MarketLot } from '../../../contracts/market.ts'
import styles from './market.module.css'
import { MOOD_FACE, useMarketWords } from './market-words.ts'

/** Who sells, as far as they show it; plain text. */
export function useSellerName(): (lot: Pick<MarketLot, 'sellerName' | 'house'>) => string {
  const { m } = useMarketWords()
  return ({ sellerName, house }) => sellerName ?? (house ? m.house : m.anonymous)
}

/** A seller's moods: faces to see, words to hear. */
export function Moods({ of }: { of: MarketLot['moods'] }) {
  const { m } = useMarketWords()
  if (of.length === 0) return null
  return (
    <span class={styles.moods} role="img" aria-label={of.map((mood) => m.moods[mood]).join(', ')}>
      {of.map((mood) => MOOD_FACE[mood]).join(' ')}
    </span>
  )
}
