/**
 * TMF683 Party Interaction: every stretch of contact with a person on every channel, and which matters it was about. Without the words that
 * were said. They come about by what people do at our doors; another system may file one that was held at its own.
 */
import { Id } from '../../../contracts/primitives.ts'
import {
  findInteraction,
  type InteractionRow,
  listInteractionsOf,
  walkInteractions,
} from '../../care/timeline/index.ts'
import { found } from '../../platform/refusal.ts'
import { type Call, hrefOf } from '../core/call.ts'
import { keyset } from '../core/page.ts'
import { type KnownPerson, peopleOfLanes, personAsked, personOfLane, WHOSE } from '../core/persons.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { fileInteraction } from './file-interaction.ts'
import { InteractionTold, PartyInteraction } from './schema.ts'

const API = 'partyInteraction'

const partyInteraction = resource({
  name: 'partyInteraction',
  schema: PartyInteraction,
  list: async function* (call: Call, query: Query) {
    const person = await personAsked(call, query)
    if (!person) return
    const pages = keyset((ask) => listInteractionsOf(call.db, person.lanes, ask))
    for await (const page of pages) yield page.map((row) => mapInteraction(call, person, row))
  },
  everybody: {
    anchors: [WHOSE],
    walk: async (call, ask) => {
      const { items, next } = await walkInteractions(call.db, ask)
      const moments = items.map(({ laneId, openedAt }) => ({ contactPointId: laneId, at: openedAt }))
      const walked = (await peopleOfLanes(call, moments)).flatMap(({ ref, subscriberId }, place) => {
        const row = items[place]
        if (!row) return []
        const whose = { subscriberId, contactPointId: row.laneId }
        return [{ thing: mapInteraction(call, { ref }, row), whose }]
      })
      return { items: walked, next }
    },
  },
  read: interactionOf,
  create: {
    body: InteractionTold,
    run: async (call, told) =>
      found(await interactionOf(call, await fileInteraction(call, told)), 'interaction'),
  },
})

async function interactionOf(call: Call, id: string): Promise<PartyInteraction | undefined> {
  const row = Id.safeParse(id).success ? await findInteraction(call.db, id) : undefined
  if (!row) return undefined
  const { actor, address, db, room } = call
  const person = await personOfLane(call, row.laneId, row.openedAt)
  await room.lines.recordLook(db, { actor, contactPointId: row.laneId, address })
  return mapInteraction(call, person, row)
}

function mapInteraction(
  call: Call,
  { ref }: Pick<KnownPerson, 'ref'>,
  row: InteractionRow,
): PartyInteraction {
  const { id, channel, openedAt, closedAt, closeReason, openedBy, conversationIds } = row
  return {
    id,
    href: hrefOf(call, API, 'partyInteraction', id),
    '@type': 'PartyInteraction',
    creationDate: openedAt.toISOString(),
    statusChangeDate: (closedAt ?? openedAt).toISOString(),
    direction: openedBy === 'subscriber' ? 'inbound' : 'outbound',
    status: closedAt === null ? 'inProgress' : 'completed',
    reason: closeReason ?? 'contact',
    interactionDate: {
      startDateTime: openedAt.toISOString(),
      ...(closedAt !== null && { endDateTime: closedAt.toISOString() }),
    },
    channel: [
      { id: channel, href: `${call.room.publicUrl}/api/v1/channels`, name: channel, role: 'channel' },
    ],
    interactionItem: conversationIds.map((conversationId) => ({
      id: conversationId,
      item: {
        id: conversationId,
        href: hrefOf(call, 'troubleTicket', 'troubleTicket', conversationId),
        role: 'matter',
        '@referredType': 'TroubleTicket',
      },
    })),
    relatedParty: [ref],
  }
}

export const partyInteractions: Api = { name: API, resources: [partyInteraction] }
