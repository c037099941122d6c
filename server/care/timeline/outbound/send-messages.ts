import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { databaseProblem, inTransaction, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { type Loop, startLoop } from '../../../platform/loop.ts'
import { retryDelay } from '../../../platform/outgoing/index.ts'
import type { ChannelAdapter, SendResult } from '../channel-adapter.ts'
import type { OutboundContext } from './context.ts'
import { createFlight, type Flight } from './flight.ts'
import { OUTBOUND, type Outbound } from './outbound.ts'
import { prepareMessage } from './prepare-message.ts'
import { DATABASE_AWAY, isOver, recordAttempt } from './record-attempt.ts'

const POLL_MS = 500
/** Longer than any adapter's own time-out: a lease that ends belongs to a process that died. */
const LEASE_MS = 90_000
/** What of a lease may be used up before a message leaves; the rest is for its sending. */
const SPARE_MS = 10_000
const LOST_POLL_MS = 2_000
/** Messages of one door that are on their way at a time. A slow door fills its own room and no other's. */
const PER_DOOR = 16
/** A result that is not written down makes a message that has left look lost, so that it is worth several tries. */
const RECORD_TRIES = 6
const RECORD_RETRY = { baseMs: 100, maxMs: 2_000 }

/** Carries queued messages out: doors and lanes side by side, each lane one message after the other. */
export function startSending(context: OutboundContext): Loop {
  const flight = createFlight()
  const onError = (error: unknown) => {
    if (!databaseProblem(error)) context.log.error({ err: error }, 'sending failed')
  }
  const departing = startLoop({
    work: async () => {
      const claimed = await claimMessages(context, flight.perDoor)
      for (const message of claimed) {
        const sending = sendOne(context, message).catch(onError)
        flight.add(message.channelAccountId ?? '', sending)
        // Its place is free: whoever waits behind it may go.
        void sending.then(() => departing.wake())
      }
      // All that may go has gone: a door's room is full, or a lane waits, until one of these lands.
      return 0
    },
    pollMs: POLL_MS,
    onError,
  })
  const losing = startLoop({ work: () => endLostLease(context), pollMs: LOST_POLL_MS, onError })
  return {
    wake: departing.wake,
    drain: () => drain(flight, [losing, departing]),
    stop: async () => {
      await Promise.all([departing.stop(), losing.stop()])
      await flight.allLanded()
    },
  }
}

async function drain(flight: Flight, loops: readonly Loop[]): Promise<void> {
  do for (const loop of loops) await loop.drain()
  while (await flight.oneLanded())
}

/**
 * Takes, for each door as far as it has room, the first waiting message of each lane that has nothing before it on the way.
 * The claim is committed before anything leaves, so that whoever finds a lease ended knows: this one may have been sent.
 */
function claimMessages(context: OutboundContext, perDoor: Flight['perDoor']): Promise<Outbound[]> {
  const now = context.clock.now()
  return rows(
    context.db,
    sql<Outbound>`
      update timeline.outbound set state = 'sending', lease = ${randomUUID()}, lease_until = ${new Date(now.getTime() + LEASE_MS)},
        attempts = attempts + 1, changed_at = ${now},
        after_unconfirmed = exists (select 1 from timeline.outbound before where before.lane_id = outbound.lane_id
          and before.seq < outbound.seq and before.seq > outbound.seq - 50 and before.state in ('unknown', 'failed'))
      where id = any(array(
        select ready.id from timeline.channel_account door
        left join unnest(${[...perDoor.keys()]}::uuid[], ${[...perDoor.values()]}::int[]) as busy(door_id, messages) on busy.door_id = door.id
        cross join lateral (
          select o.id from timeline.outbound o
          where o.channel_account_id = door.id and o.state = 'queued' and o.next_attempt_at <= ${now}
            and not exists (select 1 from timeline.outbound before
              where before.lane_id = o.lane_id and before.seq < o.seq and before.state in ('queued', 'sending'))
          order by o.next_attempt_at limit greatest(${PER_DOOR} - coalesce(busy.messages, 0), 0) for update skip locked) ready))
      returning ${OUTBOUND}`,
  )
}

async function sendOne(context: OutboundContext, message: Outbound): Promise<void> {
  const result = await attempt(context, message)
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(context.db, (tx) => recordAttempt(tx, context, message, result))
    } catch (error) {
      if (tries === RECORD_TRIES) throw error
      await pause(retryDelay(tries, RECORD_RETRY))
    }
  }
}

async function attempt(context: OutboundContext, message: Outbound): Promise<SendResult> {
  try {
    if (isOver(message, context.clock.now())) return { outcome: 'retry', reason: message.reason ?? '' }
    const prepared = await prepareMessage(context, message).catch(notYet)
    if ('outcome' in prepared) return prepared
    const refused = await refuseUnlessOurs(context, message).catch(notYet)
    if (refused) return refused
    return await sendThrough(prepared.adapter, () => prepared.send())
  } catch (error) {
    if (databaseProblem(error)) throw error
    context.log.error({ err: error, messageId: message.id }, 'sending met a defect')
    return { outcome: 'unknown', reason: 'defect' }
  }
}

/**
 * The last thing before a message leaves: it goes only under a lease that is still ours. A process that stood still since its claim (stopped,
 * swapped out, a machine asleep) knows nothing of what went on, and perhaps not even how late it is: the row is asked, not the clock.
 * A clock that says it is late has the lease begin anew, for the sending takes its time too.
 * What is refused is written down nowhere (`recordAttempt`): whoever took the lease has decided what becomes of the message.
 */
async function refuseUnlessOurs(
  { db, clock }: OutboundContext,
  { id, lease, changedAt }: Outbound,
): Promise<SendResult | undefined> {
  const now = clock.now().getTime()
  const late = now - changedAt.getTime() > SPARE_MS
  const ours = await maybeOne(
    db,
    late
      ? sql`update timeline.outbound set lease_until = ${new Date(now + LEASE_MS)} where id = ${id} and lease = ${lease} returning id`
      : sql`select id from timeline.outbound where id = ${id} and lease = ${lease}`,
  )
  return ours ? undefined : { outcome: 'retry', reason: 'interrupted' }
}

/** A database that is away while a message is put together keeps it back: nothing of it has left. */
function notYet(error: unknown): SendResult {
  if (!databaseProblem(error)) throw error
  return { outcome: 'retry', reason: DATABASE_AWAY }
}

function sendThrough(adapter: ChannelAdapter, send: () => Promise<SendResult>): Promise<SendResult> {
  if (adapter.delivery === 'pull') return Promise.resolve({ outcome: 'sent', messageId: null })
  return send()
}

/**
 * A message whose sender died with it in hand: nobody knows whether it arrived, and a person is shown so. Its lease is taken over first, so that
 * a sender that was only asleep sends it no more. Gives how many.
 */
async function endLostLease(context: OutboundContext): Promise<number> {
  const now = context.clock.now()
  const lost = await maybeOne(
    context.db,
    sql<Outbound>`
      update timeline.outbound set lease = ${randomUUID()}, lease_until = ${new Date(now.getTime() + LEASE_MS)}
      where id = (select id from timeline.outbound where state = 'sending' and lease_until < ${now}
        order by lease_until limit 1 for update skip locked)
      returning ${OUTBOUND}`,
  )
  if (!lost) return 0
  await inTransaction(context.db, (tx) =>
    recordAttempt(tx, context, lost, { outcome: 'unknown', reason: 'interrupted' }),
  )
  return 1
}
