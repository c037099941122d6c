import type { Executor } from '../../../platform/database/index.ts'
import type { OperatorEvent } from '../../edge/index.ts'
import type { MarketContext } from '../market-context.ts'
import { lockActive } from '../store/lots.ts'
import { closeAll, tellReturned } from './end-lots.ts'

/** What a line had on hold is its own again: nothing of it is for sale any more. In the transaction that made it true. */
export async function hearOfVolume(tx: Executor, market: MarketContext, event: OperatorEvent): Promise<void> {
  if (event.kind !== 'volume-released') return
  const { lineId, type, why, at } = event
  const lots = await lockActive(tx, lineId, type)
  if (lots.length === 0) return
  const closed = await closeAll(tx, market, lots, { state: 'returned', returned: why, at })
  await tellReturned(tx, market, closed, why)
}
