import { commitLazily, inTransaction, rows, sql } from '../../../platform/database/index.ts'
import type { OutboundContext } from '../outbound/context.ts'

/** The person need not see sooner that an agent has read; meanwhile what is said on all watched lanes is marked together. */
const GATHER_MS = 200

export interface ReadMarks {
  /** An agent has these lanes before their eyes: within 200 ms all that stands on them is marked as read. */
  add(laneIds: Iterable<string>): void
}

/**
 * Marks what agents have read, so that the person sees it. In a transaction of its own that waits for no disk: it holds the lanes' locks,
 * for which those who write to us wait.
 * @param onError hears of marks that could not be set; the next entry of the lane, or the next look at it, sets them
 */
export function createReadMarks(context: OutboundContext, onError: (error: unknown) => void): ReadMarks {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const mark = () => {
    timer = undefined
    const laneIds = [...waiting]
    waiting.clear()
    markReadByAgent(context, laneIds).catch(onError)
  }
  return {
    add: (laneIds) => {
      for (const laneId of laneIds) waiting.add(laneId)
      if (waiting.size > 0 && !timer) timer = setTimeout(mark, GATHER_MS).unref()
    },
  }
}

/** Lanes are locked in the order of their ids, as everywhere. */
async function markReadByAgent({ db, bus }: OutboundContext, laneIds: string[]): Promise<void> {
  const moved = await inTransaction(db, async (tx) => {
    await commitLazily(tx)
    return rows(
      tx,
      sql<{ id: string; seq: number }>`
        with unread as materialized (
          select id from timeline.lane where id = any(${laneIds}::uuid[]) and read_in_seq < last_seq order by id for no key update
        )
        update timeline.lane l set read_in_seq = last_seq from unread where l.id = unread.id returning l.id, last_seq as seq`,
    )
  })
  for (const { id, seq } of moved) bus.publish({ type: 'read-by-agent', laneId: id, seq })
}
