import { randomUUID } from 'node:crypto'
import { databaseProblem, inTransaction, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { type Loop, startLoop } from '../../../platform/loop.ts'
import type { ChannelAdapter, SendResult } from '../channel-adapter.ts'
import type { OutboundContext } from './context.ts'
import { OUTBOUND, type Outbound } from './outbound.ts'
import { prepareMessage } from './prepare-message.ts'
import { recordAttempt } from './record-attempt.ts'

const POLL_MS = 500
/** Longer than any adapter's own time-out: a lease that ends belongs to a process that died. */
const LEASE_MS = 90_000
/** Lanes that are sent to at the same time. */
const ABREAST = 16

/** Carries queued messages out: lanes side by side, each lane one message after the other. */
export function startSending(context: OutboundContext): Loop {
  return startLoop({
    work: async () => {
      await endLostLeases(context)
      const claimed = await claimMessages(context)
      await Promise.all(claimed.map((message) => sendOne(context, message)))
      return claimed.length
    },
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) context.log.error({ err: error }, 'sending failed')
    },
  })
}

/**
 * Takes the first waiting message of each lane that has nothing before it on the way. The claim is committed before
 * anything leaves, so that whoever finds a lease ended knows: this one may have been sent.
 */
function claimMessages(context: OutboundContext): Promise<Outbound[]> {
  const now = context.clock.now()
  return rows(
    context.db,
    sql<Outbound>`
      update timeline.outbound set state = 'sending', lease = ${randomUUID()}, lease_until = ${new Date(now.getTime() + LEASE_MS)},
        attempts = attempts + 1, changed_at = ${now},
        after_unconfirmed = exists (select 1 from timeline.outbound before where before.lane_id = outbound.lane_id
          and before.seq < outbound.seq and before.seq > outbound.seq - 50 and before.state in ('unknown', 'failed'))
      where id = any(array(
        select o.id from timeline.outbound o
        where o.state = 'queued' and o.next_attempt_at <= ${now}
          and not exists (select 1 from timeline.outbound before
            where before.lane_id = o.lane_id and before.seq < o.seq and before.state in ('queued', 'sending'))
        order by o.next_attempt_at limit ${ABREAST} for update skip locked))
      returning ${OUTBOUND}`,
  )
}

async function sendOne(context: OutboundContext, message: Outbound): Promise<void> {
  const result = await attempt(context, message)
  await inTransaction(context.db, (tx) => recordAttempt(tx, context, message, result))
}

async function attempt(context: OutboundContext, message: Outbound): Promise<SendResult> {
  try {
    const prepared = await prepareMessage(context, message)
    if ('outcome' in prepared) return prepared
    return await sendThrough(prepared.adapter, () => prepared.send())
  } catch (error) {
    if (databaseProblem(error)) throw error
    context.log.error({ err: error, messageId: message.id }, 'sending met a defect')
    return { outcome: 'unknown', reason: 'defect' }
  }
}

function sendThrough(adapter: ChannelAdapter, send: () => Promise<SendResult>): Promise<SendResult> {
  if (adapter.delivery === 'pull') return Promise.resolve({ outcome: 'sent', messageId: null })
  return send()
}

/** Messages whose sender died with them in hand: nobody knows whether they arrived, and a person is shown so. */
async function endLostLeases(context: OutboundContext): Promise<void> {
  for (;;) {
    const ended = await inTransaction(context.db, async (tx) => {
      const lost = await maybeOne(
        tx,
        sql<Outbound>`select ${OUTBOUND} from timeline.outbound
          where state = 'sending' and lease_until < ${context.clock.now()} limit 1 for update skip locked`,
      )
      if (lost) await recordAttempt(tx, context, lost, { outcome: 'unknown', reason: 'interrupted' })
      return lost !== undefined
    })
    if (!ended) return
  }
}
