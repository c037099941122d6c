import { formatMoney } from '../../../shared/format/index.ts'
import { useMarketWords } from '../market-words.ts'

/** What a unit costs, to the kopeck: averages come with fractions of one. */
export function useUnitMoney(): (kopecks: number) => string {
  const { locale } = useMarketWords()
  return (kopecks) => formatMoney(Math.round(kopecks), locale)
}
