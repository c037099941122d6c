import { ChannelKind } from '../../../contracts/channels.ts'
import { noteInteraction } from '../../care/timeline/index.ts'
import { inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Call } from '../core/call.ts'
import { claimName } from '../core/client-names.ts'
import { laneOfPerson } from '../core/persons.ts'
import type { InteractionTold } from './schema.ts'

/**
 * Files an interaction that was held elsewhere on the person's timeline; gives its id. A repeat under the same `Idempotency-Key` files it
 * once. Refuses with `not_found` (party), `conflict` (no contact point is theirs), `invalid_request` (one of our own doors, a time to
 * come, an end before the beginning), `idempotency_key_reused`.
 */
export async function fileInteraction(call: Call, told: InteractionTold): Promise<string> {
  const { db, room, actor, key } = call
  const { channel, direction, reason, description, interactionDate, relatedParty } = told
  const from = new Date(interactionDate.startDateTime)
  const to = new Date(interactionDate.endDateTime ?? interactionDate.startDateTime)
  requirePast(from, to, room.clock.now())
  const held = channel[0]?.id ?? ''
  // What is said at our doors is counted where it is said.
  if (ChannelKind.safeParse(held).success) throw refusal('channel.id', 'one of our own doors')
  const laneId = await laneOfPerson(call, relatedParty)
  const id = newId(room.clock)
  return inTransaction(db, async (tx) => {
    const known = await claimName(tx, call, { api: 'partyInteraction', name: key, thingId: id, asked: told })
    if (known !== undefined) return known
    await noteInteraction(tx, room.timeline, {
      id,
      laneId,
      channel: held,
      by: direction === 'inbound' ? 'subscriber' : 'agent',
      from,
      to,
      told: actor.name,
      reason,
      words: description ?? null,
    })
    return id
  })
}

function requirePast(from: Date, to: Date, now: Date): void {
  if (to < from) throw refusal('interactionDate', 'the end is before the beginning')
  if (to > now) throw refusal('interactionDate', 'it is not over yet')
}

const refusal = (at: string, says: string) =>
  new Refusal('invalid_request', { in: 'body', issues: [{ at, says }] })
