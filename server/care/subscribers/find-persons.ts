import type { ChannelKind } from '../../../contracts/channels.ts'
import { type Executor, rows, sql } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { maskAddress } from './mask-address.ts'
import { normaliseMsisdn } from './msisdn.ts'
import { readPersons } from './persons.ts'
import type { Subscribers } from './subscribers.ts'

const MOST = 20

export interface FoundPerson {
  readonly subscriberId: string | null
  readonly contactPointId: string
  readonly name: string
  readonly channel: ChannelKind
  readonly address: string
  readonly conversationId: string | null
}

/**
 * People by an exact identifier: a number in any spelling (also one that was proved on another door), an address, a username, a conversation's number.
 * Addresses are masked. The search is audited, without what was searched for. Refuses with `rate_limited`.
 */
export async function findPersons(
  db: Executor,
  subscribers: Subscribers,
  { actor, exact, address }: { actor: Staff; exact: string; address: string },
): Promise<FoundPerson[]> {
  const { limits, audit, surroundings } = subscribers
  await limits.take('find:minute', actor.id)
  await limits.take('find:day', actor.id)
  await audit.recordSearch(db, { actor, address })
  const points = await findContactPoints(db, subscribers, exact.trim())
  const ids = points.map(({ id }) => id)
  const persons = await readPersons(db, ids)
  const newest = await surroundings.newestConversations(db, ids)
  return points.map((point) => ({
    subscriberId: persons.get(point.id)?.subscriberId ?? null,
    contactPointId: point.id,
    name: persons.get(point.id)?.name ?? '',
    channel: point.channel,
    address: maskAddress(point.channel, point.address),
    conversationId: newest.get(point.id) ?? null,
  }))
}

interface FoundPoint {
  readonly id: string
  readonly channel: ChannelKind
  readonly address: string
}

async function findContactPoints(
  db: Executor,
  { country, surroundings }: Subscribers,
  exact: string,
): Promise<FoundPoint[]> {
  const msisdn = normaliseMsisdn(exact, country) ?? null
  const name = exact.toLowerCase()
  const username = name.replace(/^@/, '')
  const number = /^#?(\d{1,9})$/.exec(exact)?.[1]
  const begun = number && (await surroundings.contactPointOfConversation(db, Number(number)))
  return rows(
    db,
    sql<FoundPoint>`
      select p.id, p.channel, p.address from subscribers.contact_point p
      where p.erased_at is null and p.id in (
        (select id from subscribers.contact_point
         where lower(address) = any(array[${name}, ${username}, ${msisdn}]::text[]) limit ${MOST})
        union
        (select id from subscribers.contact_point where lower(username) = ${username} limit ${MOST})
        union
        (select contact_point_id from subscribers.proof
         where evidence ->> 'msisdn' = ${msisdn} and revoked_at is null limit ${MOST})
        union
        select ${begun ?? null}::uuid)
      order by p.created_at desc limit ${MOST}`,
  )
}
