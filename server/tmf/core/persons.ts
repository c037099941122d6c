import { z } from 'zod'
import { Id, text } from '../../../contracts/primitives.ts'
import {
  type Moment,
  type Person,
  partiesOfSubscribers,
  partyOf,
  readPerson,
  readPersonsAt,
  readSubscriber,
  subscriberOfParty,
} from '../../care/subscribers/index.ts'
import { lastLaneOf } from '../../care/timeline/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type Call, hrefOf } from './call.ts'
import { isExact, type Query } from './query.ts'

/** A person as these APIs name them. */
export interface KnownPerson {
  readonly ref: {
    readonly id: string
    readonly href: string
    readonly name: string
    readonly role: string
    readonly '@referredType': string
  }
  readonly lanes: Person['lanes']
}

export const WHOSE = 'relatedParty.id'

/**
 * The person whose story a list is about, by their party; the look is recorded. Undefined: we have not met them. Refuses with
 * `invalid_request` who does not say whose.
 */
export async function personAsked(call: Call, { conditions }: Query): Promise<KnownPerson | undefined> {
  const asked = conditions.find((one) => one.attribute === WHOSE && isExact(one))
  if (!asked) throw new Refusal('invalid_request', { in: 'query', needsOneOf: [WHOSE] })
  const partyId = asked.values[0] ?? ''
  const subscriberId = Id.safeParse(partyId).success ? await subscriberOfParty(call.db, partyId) : undefined
  if (subscriberId === undefined) return undefined
  const person = await readSubscriber(call.db, subscriberId)
  const { actor, address, db, room } = call
  await room.lines.recordLook(db, { actor, subscriberId, contactPointId: person.lanes[0]?.laneId, address })
  return { ref: refOf(call, partyId, 'Individual', person.name), lanes: person.lanes }
}

/** Of whom a body tells, as every API names them. */
export const PeopleTold = z
  .array(z.looseObject({ id: text(100).min(1) }))
  .min(1)
  .max(1)

/**
 * The lane on which a matter of a person stands that another system brings: where they wrote last. The look is recorded.
 * Refuses with `not_found` (nobody whom we have met), `conflict` (`missing`: no contact point is theirs).
 */
export async function laneOfPerson(call: Call, told: z.infer<typeof PeopleTold>): Promise<string> {
  const { actor, address, db, room } = call
  const partyId = told[0]?.id ?? ''
  const known = Id.safeParse(partyId).success ? await subscriberOfParty(db, partyId) : undefined
  const subscriberId = found(known, 'party')
  const { lanes } = await readSubscriber(db, subscriberId)
  const theirs = lanes.filter(({ kind, to }) => kind === 'contact-point' && to === null)
  const laneId = await lastLaneOf(
    db,
    theirs.map((one) => one.laneId),
  )
  if (laneId === undefined) throw new Refusal('conflict', { missing: 'contact-point' })
  await room.lines.recordLook(db, { actor, subscriberId, contactPointId: laneId, address })
  return laneId
}

/** Whose a lane was at an instant (null = now), named by their party if they have one. */
export async function personOfLane(call: Call, laneId: string, at: Date | null): Promise<KnownPerson> {
  const { subscriberId, name, lanes } = await readPerson(call.db, laneId, at)
  const partyId = subscriberId === null ? undefined : await partyOf(call.db, subscriberId)
  if (partyId !== undefined) return { ref: refOf(call, partyId, 'Individual', name), lanes }
  return { ref: refOf(call, laneId, 'ContactPoint', name), lanes }
}

/** Whose things on lanes were at their moments, in their order, with whom the audit keeps; two queries for any number of them. */
export async function peopleOfLanes(
  call: Call,
  moments: readonly Moment[],
): Promise<{ readonly ref: KnownPerson['ref']; readonly subscriberId: string | undefined }[]> {
  const persons = await readPersonsAt(call.db, moments)
  const known = persons.flatMap((one) => one?.subscriberId ?? [])
  const parties = await partiesOfSubscribers(call.db, [...new Set(known)])
  return moments.map(({ contactPointId }, place) => {
    const { subscriberId, name } = persons[place] ?? { subscriberId: null, name: '' }
    const partyId = subscriberId === null ? undefined : parties.get(subscriberId)
    const ref =
      partyId === undefined
        ? refOf(call, contactPointId, 'ContactPoint', name)
        : refOf(call, partyId, 'Individual', name)
    return { ref, subscriberId: subscriberId ?? undefined }
  })
}

const refOf = (
  call: Call,
  id: string,
  type: 'Individual' | 'ContactPoint',
  name: string,
): KnownPerson['ref'] => ({
  id,
  href:
    type === 'Individual'
      ? hrefOf(call, 'party', 'individual', id)
      : `${call.room.publicUrl}/api/v1/contact-points/${id}`,
  name,
  role: 'customer',
  '@referredType': type,
})
