import type { LineRef } from '../../../contracts/lines.ts'
import { Id } from '../../../contracts/primitives.ts'
import { subscriberOfParty, subscribersOfParties } from '../../care/subscribers/index.ts'
import type { PartyIdentity } from '../../operator/edge/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Call, numberFor } from './call.ts'
import { isExact, type Query } from './query.ts'
import type { Everybody } from './walk.ts'

/** A party with the lines on which it has a role. */
export interface KnownParty extends PartyIdentity {
  readonly lines: readonly LineRef[]
}

export const PHONE = 'contactMedium.characteristic.phoneNumber'

/** A party by its id; the look is recorded. Undefined: unknown, or its data was destroyed. */
export async function lookAtParty(call: Call, partyId: string): Promise<KnownParty | undefined> {
  const { db, room, actor, address } = call
  if (!Id.safeParse(partyId).success) return undefined
  const party = await room.lines.edge.findParty(db, partyId)
  if (!party) return undefined
  const subscriberId = await subscriberOfParty(db, partyId)
  if (subscriberId !== undefined) await room.lines.recordLook(db, { actor, subscriberId, address })
  return { ...party, lines: await room.lines.edge.linesOfParty(db, partyId) }
}

/** The parties that a list is about: by id, or the people of a number. Refuses with `invalid_request` who does not say whom. */
export async function partiesAsked(call: Call, { conditions }: Query): Promise<KnownParty[]> {
  const exact = (attribute: string) =>
    conditions.find((one) => one.attribute === attribute && isExact(one))?.values[0]
  const id = exact('id')
  const phone = exact(PHONE)
  if (id === undefined && phone === undefined)
    throw new Refusal('invalid_request', { in: 'query', needsOneOf: ['id', PHONE] })
  const ids = phone === undefined ? [id ?? ''] : await partiesOfNumber(call, phone)
  const parties = await Promise.all([...new Set(ids)].map((one) => lookAtParty(call, one)))
  return parties.filter((one) => one !== undefined)
}

/** All parties of one kind after those of the other, for who may have everybody's. */
export const everyParty = <T>(
  anchors: readonly string[],
  kinds: readonly [PartyIdentity['kind'], ...PartyIdentity['kind'][]],
  map: (call: Call, party: KnownParty) => T,
): Everybody<T> => ({
  anchors,
  walk: async (call, { after, limit }) => {
    const { edge } = call.room.lines
    const [kind, place] = placeOf(kinds, after)
    const { items, next } = await edge.walkParties(call.db, kind, { after: place, limit })
    const ids = items.map(({ id }) => id)
    const met = await subscribersOfParties(call.db, ids)
    const lines = await Promise.all(ids.map((id) => edge.linesOfParty(call.db, id)))
    return {
      items: items.map((party, index) => ({
        thing: map(call, { ...party, lines: lines[index] ?? [] }),
        whose: { subscriberId: met.get(party.id) },
      })),
      next: next === null ? firstOf(kinds[kinds.indexOf(kind) + 1]) : `${kind}.${next}`,
    }
  },
})

const firstOf = (kind: PartyIdentity['kind'] | undefined) => (kind === undefined ? null : `${kind}.`)

function placeOf(
  kinds: readonly [PartyIdentity['kind'], ...PartyIdentity['kind'][]],
  after: string | undefined,
): [PartyIdentity['kind'], string | undefined] {
  if (after === undefined) return [kinds[0], undefined]
  const [name, id = ''] = after.split('.')
  const kind = kinds.find((one) => one === name)
  if (kind === undefined) throw new Refusal('invalid_request', { in: 'after' })
  return [kind, id === '' ? undefined : id]
}

async function partiesOfNumber({ db, room }: Call, phone: string): Promise<string[]> {
  const { edge, normalise } = room.lines
  const line = await edge.findLineByMsisdn(db, normalise(phone) ?? phone)
  return (line?.people ?? []).map(({ partyId }) => partyId)
}

/** The numbers of a party, its own first. */
export const contactsOf = (call: Call, { lines }: KnownParty) =>
  lines.map(({ msisdn, role }, index) => ({
    mediumType: 'mobile',
    preferred: index === 0,
    characteristic: { contactType: role, phoneNumber: numberFor(call, msisdn) },
  }))
