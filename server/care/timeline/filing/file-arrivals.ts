import {
  databaseProblem,
  type Executor,
  inTransaction,
  one,
  rows,
  sql,
} from '../../../platform/database/index.ts'
import { type Loop, startLoop } from '../../../platform/loop.ts'
import { markHeard } from '../../subscribers/index.ts'
import { type Lane, lockLanes } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { inviteElsewhere } from '../outbound/invite-elsewhere.ts'
import { type Filed, fileLane } from './file-lane.ts'
import { findOtherThreads, noteOtherThreads } from './note-other-threads.ts'
import { openNewcomers } from './open-newcomers.ts'
import { tellReceived } from './tell-received.ts'
import { findUnsettled } from './unsettled.ts'

/** Accepted batches that are filed at a time. */
const BATCHES = 16
const IDLE_POLL_MS = 500
/** After this many failures a batch is taken apart; a lane that still fails waits and the others go on. */
const RETRY_MS = 5_000

interface Arrival {
  readonly id: number
  readonly laneIds: string[]
  readonly storedAt: Date
}

/**
 * Files what was accepted: gives each lane's new entries their interaction and conversation. Claims with skip locked,
 * so that several nodes share the work and a dead one's is taken over.
 */
export function startFiling(context: OutboundContext): Loop {
  return startLoop({
    work: () => fileSome(context),
    pollMs: IDLE_POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) context.log.error({ err: error }, 'filing failed')
    },
  })
}

/** Files one claim. Gives how many accepted batches it took. */
async function fileSome(context: OutboundContext): Promise<number> {
  let claimed: Arrival[] = []
  let filed: Filed[] = []
  try {
    await inTransaction(context.db, async (tx) => {
      claimed = await claimArrivals(tx, context.clock.now())
      if (claimed.length === 0) return
      filed = await fileLanes(tx, context, lanesOf(claimed))
      await finish(tx, context, claimed)
    })
  } catch (error) {
    if (databaseProblem(error) || claimed.length === 0) throw error
    context.log.error({ err: error, batches: claimed.length }, 'filing a claim failed: lane by lane now')
    await fileOneByOne(context, claimed)
    return claimed.length
  }
  tellScreens(context, filed)
  return claimed.length
}

function lanesOf(arrivals: readonly Arrival[]): string[] {
  return [...new Set(arrivals.flatMap((arrival) => arrival.laneIds))]
}

function claimArrivals(tx: Executor, now: Date): Promise<Arrival[]> {
  return rows(
    tx,
    sql<Arrival>`select id, lane_ids as "laneIds", stored_at as "storedAt" from timeline.arrival
      where not_before <= ${now} order by id limit ${BATCHES} for update skip locked`,
  )
}

/** The note has done its work; what it names goes on to be indexed for search. */
async function finish(tx: Executor, context: OutboundContext, arrivals: readonly Arrival[]): Promise<void> {
  // Whoever writes can be answered, whatever became of the last attempt to reach them.
  await markHeard(
    tx,
    arrivals.flatMap(({ laneIds, storedAt }) => laneIds.map((id) => ({ id, at: storedAt }))),
  )
  await tellReceived(
    tx,
    context,
    arrivals.map((one) => one.id),
  )
  await rows(
    tx,
    sql`with done as (
        delete from timeline.arrival where id = any(${arrivals.map((one) => one.id)}::bigint[]) returning lane_ids, seqs, stored_at
      )
      insert into search.waiting (lane_ids, seqs, stored_at) select lane_ids, seqs, stored_at from done`,
  )
}

async function fileLanes(tx: Executor, context: OutboundContext, laneIds: string[]): Promise<Filed[]> {
  const unsettled = await findUnsettled(tx, laneIds)
  if (unsettled.length === 0) return []
  const lanes: Lane[] = await lockLanes(tx, unsettled)
  const filed: Filed[] = []
  const others = await findOtherThreads(tx, lanes)
  const opened = await openNewcomers(tx, context, lanes)
  for (const lane of lanes) {
    const one = opened.get(lane.id) ?? (await fileLane(tx, context, lane))
    if (one.begun && one.conversationId) await inviteElsewhere(tx, context, lane, one.conversationId)
    filed.push(one)
  }
  await noteOtherThreads(tx, context, others)
  return filed
}

async function fileOneByOne(context: OutboundContext, arrivals: readonly Arrival[]): Promise<void> {
  const failed = new Set<string>()
  for (const laneId of lanesOf(arrivals).sort()) {
    try {
      const filed = await inTransaction(context.db, (tx) => fileLanes(tx, context, [laneId]))
      tellScreens(context, filed)
    } catch (error) {
      if (databaseProblem(error)) throw error
      context.log.error({ err: error, laneId }, 'lane not filed: tried again later')
      failed.add(laneId)
    }
  }
  await inTransaction(context.db, async (tx) => {
    const rest = arrivals.filter((one) => one.laneIds.some((laneId) => failed.has(laneId)))
    await finish(
      tx,
      context,
      arrivals.filter((one) => !rest.includes(one)),
    )
    await rows(
      tx,
      sql`update timeline.arrival set attempts = attempts + 1, not_before = ${new Date(context.clock.now().getTime() + RETRY_MS)}
        where id = any(${rest.map((one) => one.id)}::bigint[])`,
    )
  })
}

function tellScreens(context: OutboundContext, filed: readonly Filed[]): void {
  for (const { conversationId, version } of filed) {
    if (conversationId) context.bus.publish({ type: 'conversation', conversationId, version })
  }
  context.bus.publish({ type: 'inbox' })
}

/** How many accepted batches wait to be filed, counted up to 1000. */
export async function countArrivals(db: Executor): Promise<number> {
  const { count } = await one(
    db,
    sql<{
      count: number
    }>`select count(*)::int as count from (select 1 from timeline.arrival limit 1000) bounded`,
  )
  return count
}
