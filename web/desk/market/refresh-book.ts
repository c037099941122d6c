import type { MarketBook } from '../../../contracts/market.ts'
import { queryClient } from '../data/query-client.ts'

/** A busy book changes several times a second; a reader does not. */
const AT_MOST_EVERY_MS = 2_000

let timer: ReturnType<typeof setTimeout> | undefined
let last = 0

/** A book that is watched changed: what is shown of it is read again, at once and then at most every two seconds. */
export function refreshBook({ type, units }: Pick<MarketBook, 'type' | 'units'>): void {
  if (timer) return
  const wait = Math.max(0, last + AT_MOST_EVERY_MS - Date.now())
  timer = setTimeout(() => {
    timer = undefined
    last = Date.now()
    void queryClient.invalidateQueries({ queryKey: ['market', 'book', type, units] })
  }, wait)
}
