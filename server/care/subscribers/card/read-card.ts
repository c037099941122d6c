import type { ContactPoint, SubscriberCard } from '../../../../contracts/subscribers.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { localeOf } from '../locale.ts'
import { maskAddress } from '../mask-address.ts'
import { callOf } from '../persons.ts'
import type { Subscribers } from '../subscribers.ts'
import {
  type DoorRow,
  findSubscriber,
  type ProofRow,
  readDoor,
  readDoors,
  readProofs,
  type SubscriberRow,
} from './store.ts'
import { readSuggestions } from './suggestions.ts'

/** The card beside a conversation: who stands behind a contact point now. Addresses are masked. Refuses with `not_found`. */
export async function readCard(
  db: Executor,
  subscribers: Subscribers,
  contactPointId: string,
): Promise<SubscriberCard> {
  const door = found(await readDoor(db, contactPointId), 'contact point')
  const subscriber = door.subscriberId === null ? undefined : await findSubscriber(db, door.subscriberId)
  const doors = subscriber ? await readDoors(db, subscriber.id) : [{ ...door, link: null }]
  const show = await presenter(db, subscribers, doors)
  const present = doors.filter((one) => one.link === null || one.link.validTo === null)
  const former = doors.filter((one) => !present.includes(one))
  return {
    ...headOf(door, subscriber),
    contactPoints: present.map(show),
    formerContactPoints: former.map(show),
    suggestions: await readSuggestions(
      db,
      present.map(({ id }) => id),
    ),
  }
}

type Head = Pick<SubscriberCard, 'id' | 'name' | 'locale' | 'timeZone' | 'note' | 'since'>

function headOf(door: DoorRow, subscriber: SubscriberRow | undefined): Head {
  if (!subscriber) {
    const since = door.createdAt.toISOString()
    return { id: null, name: callOf(door), locale: localeOf(door.locale), timeZone: null, note: null, since }
  }
  const { id, name, locale, timeZone, note, createdAt } = subscriber
  return { id, name: name || callOf(door), locale, timeZone, note, since: createdAt.toISOString() }
}

/** Makes contact points of rows, with their proofs and the names of their doors read at once. */
async function presenter(
  db: Executor,
  { clock, surroundings }: Subscribers,
  doors: readonly DoorRow[],
): Promise<(door: DoorRow) => ContactPoint> {
  const now = clock.now()
  const proofs = await readProofs(
    db,
    doors.map(({ id }) => id),
    now,
  )
  const names = await surroundings.channelNames(db, [...new Set(doors.map((one) => one.channelAccountId))])
  return (door) => {
    const own = proofs.filter(({ contactPointId }) => contactPointId === door.id)
    return {
      id: door.id,
      channelAccountId: door.channelAccountId,
      channel: door.channel,
      channelName: names.get(door.channelAccountId) ?? door.channel,
      address: maskAddress(door.channel, door.address),
      masked: true,
      displayName: door.displayName,
      trust: Math.max(0, ...own.map(({ level }) => level)),
      reachable: door.unreachableSince === null,
      unreachableSince: door.unreachableSince?.toISOString() ?? null,
      firstSeenAt: door.createdAt.toISOString(),
      proofs: own.map(proofOf),
      link: door.link && linkOf(door.link),
    }
  }
}

const proofOf = ({ kind, level, provedAt, expiresAt }: ProofRow): ContactPoint['proofs'][number] => ({
  kind,
  level,
  provedAt: provedAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
})

const linkOf = ({ id, validFrom, validTo, madeBy, reason }: NonNullable<DoorRow['link']>) => ({
  id,
  validFrom: validFrom.toISOString(),
  validTo: validTo?.toISOString() ?? null,
  madeBy,
  reason,
})
