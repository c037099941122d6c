import type { Order } from '../../../../contracts/orders.ts'
import type { Clock } from '../../../platform/clock.ts'
import { type Executor, one, sql } from '../../../platform/database/index.ts'
import { type Appended, appendEntry } from './append-entry.ts'
import { lockLane, makeLineLanes } from './lanes.ts'

interface Kept {
  /** Where the order stands on its lane; null = not yet. */
  readonly first: number | null
  readonly state: Order['state'] | null
}

const AUTHORS = {
  subscriber: 'subscriber',
  agent: 'agent',
  assistant: 'assistant',
  system: 'system',
  service: 'system',
} as const

/**
 * Puts an order, or a later state of it, on its line's lane, which is made if there is none yet. A later state supersedes the first
 * entry. Gives the entry; undefined when the order stands there in this state already.
 */
export async function appendOrder(tx: Executor, clock: Clock, order: Order): Promise<Appended | undefined> {
  const { lineId: laneId } = order
  await makeLineLanes(tx, [laneId])
  await lockLane(tx, laneId)
  const externalId = `order:${order.id}`
  const kept = await one(
    tx,
    sql<Kept>`
      select min(seq) as first, (array_agg(body -> 'order' ->> 'state' order by seq desc))[1] as state
      from timeline.entry_body where lane_id = ${laneId} and external_id = ${externalId}`,
  )
  if (kept.state === order.state) return undefined
  return appendEntry(tx, clock, {
    laneId,
    direction: 'internal',
    author: { kind: AUTHORS[(order.undoneBy ?? order.by).kind], id: null },
    body: { type: 'order', order },
    externalId,
    ...(kept.first !== null && { supersedes: kept.first }),
  })
}
