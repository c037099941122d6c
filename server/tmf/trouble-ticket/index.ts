/**
 * TMF621 Trouble Ticket: conversations, one matter each, as tickets: their topic, state and outcome, without the words that were said. Another
 * system may open one for a person, and resolve or reopen it; what it says is a note that the person does not see.
 */
import type { Topic } from '../../../contracts/knowledge.ts'
import { Id } from '../../../contracts/primitives.ts'
import {
  type ConversationRow,
  listConversationsOf,
  openConversation,
  walkConversations,
} from '../../care/timeline/index.ts'
import { readTopicTree } from '../../care/topics/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { keyset } from '../core/page.ts'
import { type KnownPerson, peopleOfLanes, personAsked, personOfLane, WHOSE } from '../core/persons.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { changeTicket } from './change-ticket.ts'
import { openTicket } from './open-ticket.ts'
import { TicketAsked, TicketChange, TroubleTicket } from './schema.ts'

const API = 'troubleTicket'

const troubleTicket = resource({
  name: 'troubleTicket',
  schema: TroubleTicket,
  list: async function* (call: Call, query: Query) {
    const person = await personAsked(call, query)
    if (!person) return
    const { topics } = await readTopicTree(call.db)
    const pages = keyset((ask) => listConversationsOf(call.db, person.lanes, ask))
    for await (const page of pages) yield page.map((row) => mapTicket(call, person, topics, row))
  },
  everybody: {
    anchors: [WHOSE],
    walk: async (call, ask) => {
      const { items, next } = await walkConversations(call.db, ask)
      const moments = items.map(({ laneId, resolvedAt }) => ({ contactPointId: laneId, at: resolvedAt }))
      const [people, { topics }] = await Promise.all([peopleOfLanes(call, moments), readTopicTree(call.db)])
      const walked = people.flatMap(({ ref, subscriberId }, place) => {
        const row = items[place]
        if (!row) return []
        const whose = { subscriberId, contactPointId: row.laneId, conversationId: row.id }
        return [{ thing: mapTicket(call, { ref }, topics, row), whose }]
      })
      return { items: walked, next }
    },
  },
  read: ticketOf,
  create: {
    body: TicketAsked,
    run: async (call, asked) => found(await ticketOf(call, await openTicket(call, asked)), 'ticket'),
  },
  change: {
    body: TicketChange,
    run: async (call, id, change) => {
      const row = Id.safeParse(id).success ? await conversationOf(call, id) : undefined
      if (!row) return undefined
      await changeTicket(call, row, change)
      return ticketOf(call, id)
    },
  },
})

async function ticketOf(call: Call, id: string): Promise<TroubleTicket | undefined> {
  const row = Id.safeParse(id).success ? await conversationOf(call, id) : undefined
  if (!row) return undefined
  const [person, { topics }] = await Promise.all([
    personOfLane(call, row.laneId, row.resolvedAt),
    readTopicTree(call.db),
  ])
  return mapTicket(call, person, topics, row)
}

async function conversationOf(
  { db, room, actor, address }: Call,
  id: string,
): Promise<ConversationRow | undefined> {
  try {
    return await openConversation(db, room.clock, id, { actor, address })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return undefined
    throw error
  }
}

function mapTicket(
  call: Call,
  { ref }: Pick<KnownPerson, 'ref'>,
  topics: readonly Pick<Topic, 'id' | 'title'>[],
  row: ConversationRow,
): TroubleTicket {
  const { id, number, channel, openedAt, resolvedAt, outcome, topicId, trouble } = row
  const topic = topics.find((one) => one.id === topicId)
  const title = topic ? wordsFor(call, topic.title) : channel
  return {
    id,
    href: hrefOf(call, API, 'troubleTicket', id),
    '@type': 'TroubleTicket',
    externalId: String(number),
    name: String(number),
    description: title,
    ticketType: title,
    severity: trouble ? 'high' : 'normal',
    status: statusOf(row),
    ...(outcome !== null && { statusChangeReason: outcome }),
    creationDate: openedAt.toISOString(),
    ...(resolvedAt !== null && { resolutionDate: resolvedAt.toISOString() }),
    channel: { id: channel, name: channel },
    relatedParty: [ref],
  }
}

function statusOf({ state, assigneeId }: ConversationRow): TroubleTicket['status'] {
  if (state === 'resolved') return 'resolved'
  if (state === 'snoozed') return 'held'
  if (state === 'muted') return 'cancelled'
  return assigneeId === null ? 'acknowledged' : 'inProgress'
}

export const troubleTickets: Api = {
  name: API,
  resources: [troubleTicket],
  hub: {
    types: {
      'conversation.opened': 'TroubleTicketCreateEvent',
      'conversation.assigned': 'TroubleTicketAttributeValueChangeEvent',
      'conversation.resolved': 'TroubleTicketStatusChangeEvent',
      'conversation.reopened': 'TroubleTicketStatusChangeEvent',
    },
    subject: 'troubleTicket',
    read: async (call, { conversationId }) =>
      typeof conversationId === 'string' ? ticketOf(call, conversationId) : undefined,
  },
}
