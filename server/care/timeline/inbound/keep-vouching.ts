import { inTransaction } from '../../../platform/database/index.ts'
import { type NewProof, proveContactPoint } from '../../subscribers/index.ts'
import type { InboundMessage } from '../channel-adapter.ts'
import type { InboundContext } from './context.ts'

/** A proof lasts for weeks: once a day and process is often enough to lengthen it. */
const AGAIN_AFTER_MS = 86_400_000
/** Most contact points that a process remembers to have proved. */
const CAPACITY = 50_000

const provedAt = new Map<string, number>()

/**
 * Keeps the proof of senders for whom their channel vouches (a mail that passed DMARC). It follows the commit of what they said and
 * may not hinder it: a failure is logged, and the next message proves them.
 */
export async function keepVouching(
  context: InboundContext,
  messages: readonly { readonly laneId: string; readonly event: Pick<InboundMessage, 'vouched'> }[],
): Promise<void> {
  const now = context.clock.now().getTime()
  for (const { laneId, event } of messages) {
    const before = provedAt.get(laneId)
    if (!event.vouched || (before !== undefined && now - before < AGAIN_AFTER_MS)) continue
    try {
      await prove(context, laneId, event.vouched)
      remember(laneId, now)
    } catch (error) {
      context.log.warn({ err: error, laneId }, 'who was vouched for is not proved')
    }
  }
}

function prove(context: InboundContext, contactPointId: string, kind: NewProof['kind']): Promise<string> {
  return inTransaction(context.db, (tx) =>
    proveContactPoint(tx, context.subscribers, { contactPointId, kind }),
  )
}

function remember(laneId: string, now: number): void {
  provedAt.set(laneId, now)
  const oldest = provedAt.keys().next()
  if (provedAt.size > CAPACITY && !oldest.done) provedAt.delete(oldest.value)
}
