import { useEffect, useState } from 'preact/hooks'
import { v7 } from 'uuid'
import type { MarketLot, MarketQuote, Purchase } from '../../../contracts/market.ts'
import { isProblem } from '../../shared/api/index.ts'
import { buyLots, type PurchaseWish, quoteFor, type Want } from '../data/market.ts'

/** What was seen before and is not so any more. */
export type Changed =
  | { readonly kind: 'price'; readonly was: number; readonly now: number }
  | { readonly kind: 'lots' }

/** A purchase from the first look to the receipt. */
export interface Purchasing {
  readonly quote: MarketQuote | undefined
  /** Since it was seen the last time; it has to be agreed to anew. */
  readonly changed: Changed | undefined
  readonly problem: unknown
  readonly busy: boolean
  /** The answer to the purchase did not come: sent again it is the same one. */
  readonly isUnanswered: boolean
  /** A code of the last minutes is asked for first. */
  readonly needsCode: boolean
  readonly purchase: Purchase | undefined
  /** Looks how it stands now. */
  look(): Promise<void>
  /** Buys what is seen. */
  buy(): Promise<void>
}

type Seen = Pick<MarketQuote, 'totalKopecks'> & {
  readonly lots: readonly Pick<MarketLot, 'id' | 'version'>[]
}

const sameLots = (a: Seen['lots'], b: Seen['lots']): boolean =>
  JSON.stringify(a.map(({ id, version }) => [id, version])) ===
  JSON.stringify(b.map(({ id, version }) => [id, version]))

function changeOf(was: Seen | undefined, now: MarketQuote): Changed | undefined {
  if (!was || sameLots(was.lots, now.lots)) return undefined
  const sameIds = was.lots.map(({ id }) => id).join() === now.lots.map(({ id }) => id).join()
  return sameIds && was.totalKopecks !== now.totalKopecks
    ? { kind: 'price', was: was.totalKopecks, now: now.totalKopecks }
    : { kind: 'lots' }
}

const UNANSWERED = ['network', 'timeout', 'unavailable', 'database_unavailable', 'bad_answer'] as const

/**
 * Leads through a purchase. What is bought is what was on the screen: a refusal looks again, shows what is new, and waits to be told anew.
 * @param tapped the lot as it stood in the list
 */
export function usePurchase(lineId: string, want: Want, tapped: MarketLot | undefined): Purchasing {
  const [quote, setQuote] = useState<MarketQuote>()
  const [changed, setChanged] = useState<Changed>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [wish, setWish] = useState<PurchaseWish>()
  const [asksCode, setAsksCode] = useState(false)
  const [purchase, setPurchase] = useState<Purchase>()

  const look = async () => {
    const before = quote ?? (tapped && { lots: [tapped], totalKopecks: tapped.priceKopecks })
    setBusy(true)
    try {
      const now = await quoteFor(lineId, want)
      setChanged(changeOf(before, now))
      setQuote(now)
      setWish(undefined)
      setAsksCode(false)
      return true
    } catch (error) {
      setProblem(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  const buy = async () => {
    if (!quote) return
    const { lots, totalKopecks } = quote
    // A second try after a lost answer is the same purchase.
    const mine = wish ?? { id: v7(), lineId, lots, totalKopecks }
    setWish(mine)
    setBusy(true)
    setProblem(undefined)
    try {
      setPurchase(await buyLots(mine))
    } catch (error) {
      setProblem(error)
      if (isProblem(error, 'fresh_code_required')) setAsksCode(true)
      if (!isProblem(error, ...UNANSWERED)) setWish(undefined)
      if (isProblem(error, 'market_refused')) await look()
    } finally {
      setBusy(false)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once: what is wanted never changes while it is open
  useEffect(() => void look(), [])
  return {
    quote,
    changed,
    problem,
    busy,
    isUnanswered: wish !== undefined && problem !== undefined && !busy,
    needsCode: asksCode || quote?.needs === 'fresh-code',
    purchase,
    look: async () => {
      setProblem(undefined)
      await look()
    },
    buy,
  }
}
