import { type Db, inTransaction } from '../../../platform/database/index.ts'
import type { MarketContext } from '../market-context.ts'
import { sumChanges } from '../store/book.ts'
import { claimSummed, sumHours } from '../store/hours.ts'

const BATCH = 10_000
const HOUR_MS = 3_600_000
/** A deal may be committed so long after its time. */
const SETTLED_MS = 300_000

/** Sums what changed in the book, batch by batch. Gives how many changes there were; several nodes may do it side by side. */
export async function rollUpBook(db: Db): Promise<number> {
  let summed = 0
  for (;;) {
    const taken = await sumChanges(db, BATCH)
    summed += taken
    if (taken < BATCH) return summed
  }
}

/** Sums deals of hours that are over. Gives whether it summed any hour. */
export function rollUpHours(db: Db, { clock }: Pick<MarketContext, 'clock'>): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const until = await claimSummed(tx)
    const over = new Date(Math.floor((clock.now().getTime() - SETTLED_MS) / HOUR_MS) * HOUR_MS)
    if (!until || until >= over) return false
    await sumHours(tx, until, over)
    return true
  })
}
