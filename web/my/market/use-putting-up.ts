import { useState } from 'preact/hooks'
import { isProblem } from '../../shared/api/index.ts'
import { go } from '../app/route.ts'
import { type LotWish, putUp } from '../data/market.ts'
import { useWish } from '../data/use-wish.ts'
import { say } from '../parts/toast.tsx'
import { useMarketWords } from './market-words.ts'

type Wanted = Omit<LotWish, 'id'>

/** Puts a lot up and leads to one's lots. */
export function usePuttingUp() {
  const { m } = useMarketWords()
  const wish = useWish<Wanted>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const list = async (wanted: Wanted) => {
    const mine = wish.named(wanted)
    setBusy(true)
    setProblem(undefined)
    try {
      await putUp(mine)
      say({ text: m.sell.listed })
      go('market', 'lots')
    } catch (error) {
      setProblem(error)
      if (isProblem(error, 'market_refused')) wish.forget()
      setBusy(false)
    }
  }
  return { list, busy, problem }
}
