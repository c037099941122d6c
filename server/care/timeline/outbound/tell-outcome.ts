import type { DeliveryState } from '../../../../contracts/entries.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { InboundContext } from '../inbound/context.ts'
import { findOutbound, type Outbound } from './outbound.ts'

const LEFT: readonly DeliveryState[] = ['sent', 'delivered', 'read']

/** Tells other systems that a message has now left for good, or has now failed. */
export async function tellOutcome(
  tx: Executor,
  { outside }: Pick<InboundContext, 'outside'>,
  before: Pick<Outbound, 'id' | 'state'>,
): Promise<void> {
  if (!outside.hears('message.sent') && !outside.hears('message.failed')) return
  const message = await findOutbound(tx, before.id)
  if (!message || message.state === before.state) return
  const sent = LEFT.includes(message.state) && !LEFT.includes(before.state)
  if (!sent && message.state !== 'failed') return
  const { laneId, conversationId, seq, id, authorId } = message
  await outside.tell(tx, [
    {
      event: sent ? 'message.sent' : 'message.failed',
      laneId,
      conversationId,
      seq,
      ids: { messageId: id, authorId },
    },
  ])
}
