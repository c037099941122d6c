import type { FastifyRequest } from 'fastify'
import type { ConversationSummary, conversations } from '../../../../contracts/conversations.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import type { Handlers, Service, Staff } from '../../../platform/http/index.ts'
import { found } from '../../../platform/refusal.ts'
import { recordCapped } from '../../audit/index.ts'
import {
  assignConversation,
  finishCallBack,
  muteConversation,
  reopenConversation,
  resolveConversation,
  setTopic,
  snoozeConversation,
} from '../conversations/change-state.ts'
import { claimConversation } from '../conversations/claim.ts'
import { findConversation } from '../conversations/conversation.ts'
import { saveDraft } from '../conversations/drafts.ts'
import { requireNeedToKnow } from '../conversations/need-to-know.ts'
import { openConversation } from '../conversations/open-conversation.ts'
import { joinConversations, splitConversation } from '../conversations/split-and-join.ts'
import { personOf } from '../conversations/whose.ts'
import { createInboxCounters } from '../reading/count-inbox.ts'
import { listInbox } from '../reading/list-inbox.ts'
import { presentConversations } from '../reading/present-conversations.ts'
import { listSiblings, readConversation } from '../reading/read-conversation.ts'
import { readTimeline } from '../reading/read-timeline.ts'
import type { TimelineContext } from '../timeline-context.ts'
import { letterHandlers } from './letter-handlers.ts'
import { messageHandlers } from './message-handlers.ts'

/** Serves the `conversations` contract. */
export function conversationHandlers(context: TimelineContext): Handlers<typeof conversations> {
  return {
    ...readingHandlers(context),
    ...letterHandlers(context),
    ...actHandlers(context),
    ...messageHandlers(context),
  }
}

type Reading =
  | 'listConversations'
  | 'countConversations'
  | 'getConversation'
  | 'readTimeline'
  | 'listPersonConversations'
  | 'saveDraft'
  | 'breakGlass'
type Part<K extends keyof typeof conversations> = Pick<Handlers<typeof conversations>, K>

function readingHandlers(context: TimelineContext): Part<Reading> {
  const { clock, db } = context
  const counters = createInboxCounters(db, context.bus)
  const open = (actor: Staff | Service, id: string, { ip }: FastifyRequest) =>
    openConversation(db, clock, id, { actor, address: ip })
  return {
    listConversations: async ({ query, actor }) => {
      const page = await listInbox(db, query, actor.id)
      return { items: await presentConversations(db, page.items, actor, clock.now()), next: page.next }
    },
    countConversations: ({ actor }) => counters.read(actor.id),
    getConversation: async ({ params, actor, request }) => {
      return readConversation(db, context, await open(actor, params.id, request), actor)
    },
    readTimeline: async ({ params, query, actor, request }) => {
      const { lanes } = await personOf(db, await open(actor, params.id, request))
      return readTimeline(db, lanes, query.before, query.limit)
    },
    listPersonConversations: async ({ params, actor, request }) => {
      const siblings = await listSiblings(db, await open(actor, params.id, request))
      return presentConversations(db, siblings, actor, clock.now())
    },
    saveDraft: async ({ params, body, actor }) => {
      await requireNeedToKnow(db, actor, params.id, clock.now())
      return saveDraft(db, actor.id, params.id, body, clock.now())
    },
    breakGlass: async ({ params, body, actor, request }) => {
      const { laneId } = await findConversation(db, params.id)
      await recordCapped(db, context.caps, {
        actor,
        act: 'break-glass',
        conversationId: params.id,
        contactPointId: laneId,
        reason: body.reason,
        address: request.ip,
      })
      return { done: true }
    },
  }
}

type Acting =
  | 'claimConversation'
  | 'assignConversation'
  | 'finishCallBack'
  | 'snoozeConversation'
  | 'muteConversation'
  | 'resolveConversation'
  | 'reopenConversation'
  | 'setTopic'
  | 'splitConversation'
  | 'joinConversations'

/** Acts on a conversation: one transaction, the right to it checked inside, the changed row as the answer. */
function actHandlers(context: TimelineContext): Part<Acting> {
  const presentOne = async (tx: Executor, id: string, actor: Staff): Promise<ConversationSummary> => {
    const row = await findConversation(tx, id)
    const [summary] = await presentConversations(tx, [row], actor, context.clock.now())
    return found(summary, 'conversation')
  }
  const act = (
    executor: Executor,
    actor: Staff,
    id: string,
    work: (tx: Executor) => Promise<unknown>,
  ): Promise<ConversationSummary> =>
    inTransaction(executor, async (tx) => {
      await requireNeedToKnow(tx, actor, id, context.clock.now())
      await work(tx)
      return presentOne(tx, id, actor)
    })
  return {
    // Whoever comes second shall learn who was first, not that it is none of their business.
    claimConversation: ({ db, params, actor }) =>
      inTransaction(db, async (tx) => {
        await claimConversation(tx, context, params.id, actor)
        return presentOne(tx, params.id, actor)
      }),
    assignConversation: ({ db, params, body, actor }) =>
      act(db, actor, params.id, (tx) => assignConversation(tx, context, params.id, actor, body)),
    finishCallBack: ({ db, params, actor }) =>
      act(db, actor, params.id, (tx) => finishCallBack(tx, context, params.id, actor)),
    snoozeConversation: ({ db, params, body, actor }) =>
      act(db, actor, params.id, (tx) =>
        snoozeConversation(tx, context, params.id, actor, body.until === null ? null : new Date(body.until)),
      ),
    muteConversation: ({ db, params, body, actor }) =>
      act(db, actor, params.id, (tx) => muteConversation(tx, context, params.id, actor, body.as)),
    resolveConversation: ({ db, params, body, actor }) =>
      act(db, actor, params.id, (tx) => resolveConversation(tx, context, params.id, actor, body)),
    reopenConversation: ({ db, params, actor }) =>
      act(db, actor, params.id, (tx) => reopenConversation(tx, context, params.id, actor)),
    setTopic: ({ db, params, body, actor }) =>
      act(db, actor, params.id, (tx) => setTopic(tx, context, params.id, actor, body.topicId)),
    splitConversation: ({ db, params, body, actor }) =>
      inTransaction(db, async (tx) => {
        await requireNeedToKnow(tx, actor, params.id, context.clock.now())
        return presentOne(tx, await splitConversation(tx, context, params.id, actor, body), actor)
      }),
    joinConversations: ({ db, params, body, actor }) =>
      inTransaction(db, async (tx) => {
        await requireNeedToKnow(tx, actor, params.id, context.clock.now())
        await joinConversations(tx, context, params.id, actor, body.intoId)
        return presentOne(tx, body.intoId, actor)
      }),
  }
}
