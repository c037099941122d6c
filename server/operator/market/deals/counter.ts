import type { Purchase } from '../../../../contracts/market.ts'
import { createBatcher } from '../../../platform/batcher.ts'
import {
  type Db,
  databaseProblem,
  type Executor,
  inTransaction,
  lookUpByKeys,
  together,
} from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { workOnRestingLines } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { selectOwners } from '../store/lots.ts'
import { decidePurchase, letSellersGoOn } from './decide-purchase.ts'
import { openCounter, readBesideLines } from './open-counter.ts'
import type { PurchaseAsk } from './purchase-ask.ts'
import { storePurchases, tellOfPurchases } from './store-purchases.ts'

/** Buys lots, all of one ask or none. */
export type BuyLots = (ask: PurchaseAsk) => Promise<Purchase>

/** As many purchases as one transaction carries. */
const MOST_TOGETHER = 64
/** While one transaction is in the database the next is decided here; they meet at the locks of lines, which all take in one order. */
const ABREAST = 2
/** Fewer are answered sooner by the next transaction than by one of their own. */
const CROWD = 16

/**
 * The Market's counter. Purchases that come while a transaction is under way share the next one: each is decided by itself, one after the
 * other, under the locks of all their lines and lots; what one of them breaks is not the others' trouble.
 * Refuses with `not_found` (line), `market_refused` (`obstacles`; `lots`: how those stand that were seen otherwise),
 * `fresh_code_required`, `rate_limited` (too many acts), `idempotency_key_reused`.
 */
export function createCounter(db: Db, market: MarketContext): BuyLots {
  const batcher = createBatcher<PurchaseAsk, Purchase | Error>(
    async (asks) => {
      try {
        return await buyTogether(db, market, asks)
      } catch (error) {
        if (asks.length === 1 || databaseProblem(error)) throw error
        return buyApart(db, market, asks)
      }
    },
    { maxBatch: MOST_TOGETHER, abreast: ABREAST, crowd: CROWD },
  )
  return async (ask) => {
    const outcome = await batcher.add(ask)
    if (outcome instanceof Error) throw outcome
    return outcome
  }
}

/** What went wrong together is done one by one: it goes wrong for one of them. */
async function buyApart(
  db: Db,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
): Promise<(Purchase | Error)[]> {
  const outcomes: (Purchase | Error)[] = []
  for (const ask of asks) {
    try {
      outcomes.push(...(await buyTogether(db, market, [ask])))
    } catch (error) {
      outcomes.push(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return outcomes
}

async function buyTogether(
  db: Db,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
): Promise<(Purchase | Refusal)[]> {
  return inTransaction(db, async (tx) => {
    const wanted = [...new Set(asks.flatMap(({ lots }) => lots.map(({ id }) => id)))]
    // Whose lots they are never changes: their lines are locked before them.
    const [, seen] = await together(tx, (flight) => [lookUpByKeys(flight), selectOwners(flight, wanted)])
    const lineIds = [...new Set([...asks.map(({ lineId }) => lineId), ...seen.map(({ lineId }) => lineId)])]
    const beside = (flight: Executor) => readBesideLines(flight, market, asks, lineIds)
    return workOnRestingLines(tx, market.lines, lineIds, beside, async (drafts, read) => {
      const open = await openCounter(tx, market, asks, { ...read, seen, wanted, drafts })
      const decided = asks.map((ask) => decidePurchase(open, ask))
      letSellersGoOn(open)
      return {
        store: async (flight) => {
          const numbers = await storePurchases(flight, open)
          return decided.map((outcome) => (outcome instanceof Refusal ? outcome : outcome(numbers)))
        },
        tell: (flight) => tellOfPurchases(flight, open),
      }
    })
  })
}
