import { announce } from '../../../platform/bus/index.ts'
import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { settleConversations } from './settle.ts'

/**
 * Files what has arrived on a lane now, for whoever is to be told the matter at once. Gives the number of the conversation that the lane
 * goes on in; null when nothing was said on it.
 */
export async function fileNow(
  tx: Executor,
  context: OutboundContext,
  laneId: string,
): Promise<number | null> {
  const [lane] = await settleConversations(tx, context, [], [laneId])
  announce(tx, context.bus, { type: 'inbox' })
  const matter = await maybeOne(
    tx,
    sql<{
      number: number
    }>`select number from timeline.conversation where id = ${lane?.conversationId ?? null}`,
  )
  return matter?.number ?? null
}
