import {
  type Db,
  databaseProblem,
  type Executor,
  inTransaction,
  keepPlans,
  LAZILY,
  one,
  rows,
  sql,
  together,
} from '../../../platform/database/index.ts'
import { type Loop, startLoop } from '../../../platform/loop.ts'
import { markHeard } from '../../subscribers/index.ts'
import type { Brought } from '../inbound/context.ts'
import { reasonOf } from '../inbound/reason-of.ts'
import type { OutboundContext } from '../outbound/context.ts'
import type { Filed } from './file-lane.ts'
import { fileLanes, type Locked, lockLooking, tellScreens } from './file-lanes.ts'
import { finishSettled } from './finish-settled.ts'
import { postpone, putBack } from './put-back.ts'
import { tellReceived } from './tell-received.ts'

/** Accepted batches that are filed at a time. */
const BATCHES = 64
const IDLE_POLL_MS = 500
/** Nobody sees it, and in a flood it leaves the machine to those who are being accepted. */
const REST_MS = 100
/** Claims from this size on are a flood: even who waits to hear of what is filed is served better by rests between them. */
const FLOOD = 16
const RETRY_POLL_MS = 1_000

interface Arrival {
  readonly id: number
  readonly laneIds: string[]
  /** Of each lane the entry that came. */
  readonly seqs: number[]
  readonly storedAt: Date
}

export interface Filing extends Loop {
  /**
   * What to do on the connection on which something is being stored on one lane and nowhere else, behind it: file it, without a word from us
   * in between. Undefined: nobody waits to hear of it, or one is filed so already; the loop is to be woken afterwards.
   */
  behind(laneId: string): ((connection: Db) => Promise<void>) | undefined
}

/**
 * Files what was accepted: gives each lane's new entries their interaction and conversation. Claims with skip locked,
 * so that several nodes share the work and a dead one's is taken over. What failed before is taken up by itself: it holds up
 * nothing that is new. It rests between two claims, but not while somebody waits to hear of what is filed and little comes.
 */
export function startFiling(context: OutboundContext): Filing {
  const onError = (error: unknown) => {
    if (!databaseProblem(error)) context.log.error({ err: error }, 'filing failed')
  }
  let awaited = false
  let behind: Promise<void> | undefined
  const filing = startLoop({
    work: async () => {
      awaited = await context.followUp.hearsFiled()
      const claimed = await fileFresh(context, awaited)
      // Nothing else waits; who comes next wakes it, and finds it at rest no longer than it works.
      return awaited && claimed < FLOOD ? 0 : claimed
    },
    pollMs: IDLE_POLL_MS,
    restMs: REST_MS,
    onError,
  })
  const retrying = startLoop({
    work: () => fileSome(context, claimFailed),
    pollMs: RETRY_POLL_MS,
    onError,
  })
  return {
    wake: filing.wake,
    behind: (laneId) => {
      if (!awaited || behind) return undefined
      return (connection) => {
        behind = fileBehind({ ...context, db: connection }, laneId)
          .catch(onError)
          .finally(() => {
            behind = undefined
          })
        return behind
      }
    },
    drain: async () => {
      await behind
      await filing.drain()
      await retrying.drain()
    },
    stop: async () => {
      await Promise.all([behind, filing.stop(), retrying.stop()])
    },
  }
}

/** A crash leaves the notes where they were; whoever acts on what was filed commits durably, and with it this. */
type Claim = (tx: Executor, now: Date) => Promise<Arrival[]>

async function nothingLocked(): Promise<undefined> {
  return undefined
}

const ARRIVAL = sql`id, lane_ids as "laneIds", seqs, stored_at as "storedAt"`

const claimFresh: Claim = (tx, now) =>
  rows(
    tx,
    sql<Arrival>`with ${LAZILY} select ${ARRIVAL} from timeline.arrival, lazily
      where not_before <= ${now} and attempts = 0 order by id limit ${BATCHES} for update of arrival skip locked`,
  )

const claimFailed: Claim = (tx, now) =>
  rows(
    tx,
    sql<Arrival>`with ${LAZILY} select ${ARRIVAL} from timeline.arrival, lazily
      where not_before <= ${now} and attempts > 0 order by not_before limit 1 for update of arrival skip locked`,
  )

/** Files the longest waiting; `awaited`: somebody of the house is to hear of it. Gives how many accepted batches it took. */
async function fileFresh(context: OutboundContext, awaited: boolean): Promise<number> {
  if (awaited || context.outside.hears('message.received')) return fileSome(context, claimFresh)
  const { claimed, finished } = await finishSettled(context.db, context.clock.now(), BATCHES)
  if (finished > 0) tellScreens(context, [])
  return finished === claimed ? claimed : finished + (await fileSome(context, claimFresh))
}

/** Files what waits, which is most likely what came on one lane and nothing else. */
async function fileBehind(context: OutboundContext, laneId: string): Promise<void> {
  await fileSome(context, claimFresh, laneId)
}

/**
 * Files one claim. Gives how many accepted batches it took.
 * @param likely a lane that is locked and looked at in the trip of the claim; if something else was claimed, that was in vain
 */
async function fileSome(context: OutboundContext, claim: Claim, likely?: string): Promise<number> {
  let claimed: Arrival[] = []
  let filed: Filed[] = []
  let inVain = false
  try {
    await inTransaction(context.db, async (tx) => {
      const [, found, locked] = await together(tx, (flight) => [
        keepPlans(flight),
        claim(flight, context.clock.now()),
        likely === undefined ? nothingLocked() : lockLooking(flight, [likely]),
      ])
      claimed = found
      // Others are not locked behind it: locks are taken in order.
      inVain = likely !== undefined && lanesOf(claimed).some((laneId) => laneId !== likely)
      if (claimed.length > 0 && !inVain) filed = await fileClaim(tx, context, claimed, locked)
    })
  } catch (error) {
    if (databaseProblem(error) || claimed.length === 0) throw error
    context.log.error({ err: error, batches: claimed.length }, 'filing a claim failed: lane by lane now')
    await fileOneByOne(context, claimed)
    return claimed.length
  }
  if (inVain) return fileSome(context, claim)
  // A claim of settled lanes changes no matter, but what the lists preview.
  if (claimed.length > 0) tellScreens(context, filed)
  return claimed.length
}

/**
 * Files what was claimed and finishes it: beside each other where it is one lane, since that is locked first, and nobody who holds its
 * conversation waits for what finishing takes. Other systems are told under which matter it was filed, and so afterwards.
 */
async function fileClaim(
  tx: Executor,
  context: OutboundContext,
  claimed: readonly Arrival[],
  locked: Locked | undefined,
): Promise<Filed[]> {
  const laneIds = lanesOf(claimed)
  if (laneIds.length > 1 || context.outside.hears('message.received')) {
    const filed = await fileLanes(tx, context, laneIds, locked)
    await finish(tx, context, claimed)
    return filed
  }
  const [filed] = await together(tx, (flight) => [
    fileLanes(flight, context, laneIds, locked),
    finish(flight, context, claimed),
  ])
  return filed
}

const lanesOf = (arrivals: readonly Arrival[]): string[] => [
  ...new Set(arrivals.flatMap((arrival) => arrival.laneIds)),
]

/** The note has done its work; what it names goes on to be indexed for search. */
async function finish(tx: Executor, context: OutboundContext, arrivals: readonly Arrival[]): Promise<void> {
  const ids = arrivals.map((one) => one.id)
  await tellReceived(tx, context, ids)
  await together(tx, (flight) => [
    // Whoever writes can be answered, whatever became of the last attempt to reach them.
    markHeard(
      flight,
      arrivals.flatMap(({ laneIds, storedAt }) => laneIds.map((id) => ({ id, at: storedAt }))),
    ),
    context.followUp.filed(flight, arrivals.flatMap(broughtBy)),
    handOn(flight, ids),
  ])
}

const broughtBy = ({ laneIds, seqs }: Arrival): Brought[] =>
  laneIds.flatMap((laneId, place) => {
    const seq = seqs[place]
    return seq === undefined ? [] : [{ laneId, seq }]
  })

async function handOn(tx: Executor, ids: readonly number[]): Promise<void> {
  await rows(
    tx,
    sql`with done as (
        delete from timeline.arrival where id = any(${[...ids]}::bigint[]) returning lane_ids, seqs, stored_at
      )
      insert into search.waiting (lane_ids, seqs, stored_at) select lane_ids, seqs, stored_at from done where lane_ids <> '{}'`,
  )
}

/** Each lane in a transaction of its own: those that fail are put back by themselves, the others are done with. */
async function fileOneByOne(context: OutboundContext, claimed: readonly Arrival[]): Promise<void> {
  const failed = new Map<string, string>()
  for (const laneId of lanesOf(claimed).sort()) {
    try {
      const filed = await inTransaction(context.db, (tx) => fileLanes(tx, context, [laneId]))
      tellScreens(context, filed)
    } catch (error) {
      if (databaseProblem(error)) throw error
      context.log.error({ err: error, laneId }, 'lane not filed')
      failed.set(laneId, `filing: ${reasonOf(error)}`)
    }
  }
  const ids = claimed.map((one) => one.id)
  try {
    await inTransaction(context.db, async (tx) => {
      // Another node may have taken some of them meanwhile.
      const still = await lockArrivals(tx, ids)
      await putBack(
        tx,
        context,
        still.map((one) => one.id),
        failed,
      )
      await finish(tx, context, await lockArrivals(tx, ids))
    })
  } catch (error) {
    if (databaseProblem(error)) throw error
    context.log.error(
      { err: error, batches: claimed.length },
      'arrivals not done with: looked at again later',
    )
    await postpone(context, ids)
  }
}

function lockArrivals(tx: Executor, ids: readonly number[]): Promise<Arrival[]> {
  return rows(
    tx,
    sql<Arrival>`select ${ARRIVAL} from timeline.arrival where id = any(${[...ids]}::bigint[]) order by id for update`,
  )
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
