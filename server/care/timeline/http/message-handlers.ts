import type { conversations } from '../../../../contracts/conversations.ts'
import type { HeldMessage } from '../../../../contracts/entries.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import type { Handlers, Service, Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { findConversation } from '../conversations/conversation.ts'
import { dropDraft } from '../conversations/drafts.ts'
import { requireNeedToKnow } from '../conversations/need-to-know.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { retryMessage, settleMessage, undoMessage } from '../outbound/decide-message.ts'
import { holdMessage } from '../outbound/hold-message.ts'
import { findOutbound, type Outbound, presentDelivery } from '../outbound/outbound.ts'
import { releaseMessage } from '../outbound/release-messages.ts'
import { presentEntries } from '../reading/present-entries.ts'
import { readEntriesBySeq } from '../reading/read-entries.ts'
import type { TimelineContext } from '../timeline-context.ts'

type Messages = 'sendMessage' | 'undoMessage' | 'sendNow' | 'retryMessage' | 'settleMessage' | 'addNote'

/** What agents send, and what they decide of it afterwards. */
export function messageHandlers(context: TimelineContext): Pick<Handlers<typeof conversations>, Messages> {
  const allowed = async (tx: Executor, actor: Staff | Service, id: string): Promise<Outbound> => {
    const message = found(await findOutbound(tx, id), 'message')
    await requireNeedToKnow(tx, actor, message.conversationId, context.clock.now())
    return message
  }
  return {
    sendMessage: ({ db, params, body, actor }) =>
      inTransaction(db, async (tx) => {
        await requireNeedToKnow(tx, actor, params.id, context.clock.now())
        await holdMessage(tx, context, {
          ...body,
          conversationId: params.id,
          author: { kind: actor.kind === 'agent' ? 'agent' : 'system', id: actor.id },
          ...(actor.kind === 'service' && { by: actor.name }),
        })
        if (body.undoMs === 0) await releaseMessage(tx, context, body.id)
        await dropDraft(tx, actor.id, params.id)
        return presentSent(found(await findOutbound(tx, body.id), 'message'), actor)
      }),
    undoMessage: ({ db, params, actor }) =>
      inTransaction(db, async (tx) => {
        await allowed(tx, actor, params.id)
        return presentHeld(await undoMessage(tx, context, params.id, actor.id), actor)
      }),
    sendNow: ({ db, params, actor }) =>
      inTransaction(db, async (tx) => {
        const { authorId } = await allowed(tx, actor, params.id)
        // Whoever wrote it may still think better of it.
        if (authorId !== actor.id) throw new Refusal('not_found', { what: 'message' })
        await releaseMessage(tx, context, params.id)
        return { done: true }
      }),
    retryMessage: ({ db, params, actor }) =>
      inTransaction(db, async (tx) => {
        await allowed(tx, actor, params.id)
        return presentDelivery(await retryMessage(tx, context, params.id))
      }),
    settleMessage: ({ db, params, body, actor }) =>
      inTransaction(db, async (tx) => {
        await allowed(tx, actor, params.id)
        return presentDelivery(await settleMessage(tx, context, params.id, body.arrived))
      }),
    addNote: ({ db, params, body, actor }) =>
      inTransaction(db, async (tx) => {
        await requireNeedToKnow(tx, actor, params.id, context.clock.now())
        const { laneId } = await findConversation(tx, params.id)
        const { seq } = await appendEntry(tx, context.clock, {
          laneId,
          direction: 'internal',
          author: { kind: 'agent', id: actor.id },
          body: { type: 'note', text: body.text },
        })
        context.announce(tx, { type: 'entries', lanes: [{ laneId, seq }] })
        const [note] = await presentEntries(tx, await readEntriesBySeq(tx, laneId, [seq]))
        return found(note, 'note')
      }),
  }
}

function presentSent(message: Outbound, actor: Staff | Service) {
  const held = message.state === 'held' ? presentHeld(message, actor) : null
  return { held, delivery: held ? null : presentDelivery(message) }
}

function presentHeld(message: Outbound, actor: Staff | Service): HeldMessage {
  return {
    id: message.id,
    conversationId: message.conversationId,
    laneId: message.laneId,
    author: { id: actor.id, name: actor.name },
    text: message.body?.text ?? '',
    attachmentIds: message.body?.attachmentIds ?? [],
    releaseAt: message.releaseAt.toISOString(),
  }
}
