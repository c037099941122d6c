import type { ChannelKind } from '../../../../contracts/channels.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import type { ProofKind } from '../../../../contracts/subscribers.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

interface LinkRow {
  readonly id: string
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly madeBy: string
  readonly reason: string
}

/** A contact point as the card shows it, with the link that makes or made it the person's. */
export interface DoorRow {
  readonly id: string
  readonly channelAccountId: string
  readonly channel: ChannelKind
  readonly address: string
  readonly displayName: string | null
  readonly username: string | null
  readonly locale: string | null
  readonly unreachableSince: Date | null
  readonly createdAt: Date
  readonly subscriberId: string | null
  readonly link: LinkRow | null
}

type FlatDoor = Omit<DoorRow, 'link'> & {
  readonly linkId: string | null
  readonly validFrom: Date | null
  readonly validTo: Date | null
  readonly madeBy: string | null
  readonly reason: string | null
}

const columns = sql`
  p.id, p.channel_account_id as "channelAccountId", p.channel, p.address, p.display_name as "displayName", p.username,
  p.locale, p.unreachable_since as "unreachableSince", p.created_at as "createdAt", l.subscriber_id as "subscriberId",
  l.id as "linkId", l.valid_from as "validFrom", l.valid_to as "validTo", l.made_by as "madeBy", l.reason`

function doorOf({ linkId, validFrom, validTo, madeBy, reason, ...door }: FlatDoor): DoorRow {
  if (linkId === null || validFrom === null) return { ...door, link: null }
  return { ...door, link: { id: linkId, validFrom, validTo, madeBy: madeBy ?? '', reason: reason ?? '' } }
}

/** A contact point with its present link. */
export async function readDoor(db: Executor, contactPointId: string): Promise<DoorRow | undefined> {
  const flat = await maybeOne(
    db,
    sql<FlatDoor>`
      select ${columns} from subscribers.contact_point p
      left join subscribers.contact_link l on l.contact_point_id = p.id and l.valid_to is null and not l.voided
      where p.id = ${contactPointId}`,
  )
  return flat && doorOf(flat)
}

/** Every contact point that is or was a subscriber's, with its latest link to them. */
export async function readDoors(db: Executor, subscriberId: string): Promise<DoorRow[]> {
  const flat = await rows(
    db,
    sql<FlatDoor>`
      select distinct on (p.id) ${columns}
      from subscribers.contact_link l join subscribers.contact_point p on p.id = l.contact_point_id
      where l.subscriber_id = ${subscriberId} and not l.voided
      order by p.id, l.valid_from desc, l.valid_to desc nulls first`,
  )
  return flat.map(doorOf).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

export interface SubscriberRow {
  readonly id: string
  readonly name: string
  readonly locale: Locale | null
  readonly timeZone: string | null
  readonly note: string | null
  readonly createdAt: Date
}

export function findSubscriber(db: Executor, id: string): Promise<SubscriberRow | undefined> {
  return maybeOne(
    db,
    sql<SubscriberRow>`
      select id, name, locale, time_zone as "timeZone", note, created_at as "createdAt"
      from subscribers.subscriber where id = ${id}`,
  )
}

export interface ProofRow {
  readonly contactPointId: string
  readonly kind: ProofKind
  readonly level: number
  readonly provedAt: Date
  readonly expiresAt: Date | null
}

/** The proofs that hold, newest first. */
export function readProofs(db: Executor, contactPointIds: readonly string[], now: Date): Promise<ProofRow[]> {
  return rows(
    db,
    sql<ProofRow>`
      select contact_point_id as "contactPointId", kind, level, proved_at as "provedAt", expires_at as "expiresAt"
      from subscribers.proof
      where contact_point_id = any(${contactPointIds}::uuid[]) and revoked_at is null
        and (expires_at is null or expires_at > ${now})
      order by proved_at desc`,
  )
}
