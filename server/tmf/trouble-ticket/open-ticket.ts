import type { Topic } from '../../../contracts/knowledge.ts'
import { openMatter } from '../../care/timeline/index.ts'
import { readTopicTree } from '../../care/topics/index.ts'
import { inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Call } from '../core/call.ts'
import { claimName } from '../core/client-names.ts'
import { laneOfPerson } from '../core/persons.ts'
import type { TicketAsked } from './schema.ts'

/**
 * Opens a conversation for a person, where they wrote last; gives its id. A repeat under the same `externalId`, or else the same
 * `Idempotency-Key`, opens it once. Refuses with `not_found` (party), `conflict` (no contact point is theirs), `idempotency_key_reused`.
 */
export async function openTicket(call: Call, asked: TicketAsked): Promise<string> {
  const { db, room, actor, key } = call
  const { relatedParty, description, ticketType, externalId } = asked
  const laneId = await laneOfPerson(call, relatedParty)
  const { topics } = await readTopicTree(db)
  const id = newId(room.clock)
  const name = externalId === undefined ? key && `key ${key}` : `id ${externalId}`
  return inTransaction(db, async (tx) => {
    const known = await claimName(tx, call, { api: 'troubleTicket', name, thingId: id, asked })
    if (known !== undefined) return known
    const topicId = topicNamed(topics, ticketType)?.id ?? null
    // What is no topic of ours is said in the words.
    const about = topicId === null ? `${ticketType}. ${description}` : description
    await openMatter(tx, room.timeline, { id, laneId, topicId, words: `${actor.name}: ${about}` })
    return id
  })
}

const topicNamed = (topics: readonly Pick<Topic, 'id' | 'key' | 'title'>[], name: string) =>
  topics.find(({ key, title }) => [key, title.ru, title.en].includes(name))
