import type { ChannelKind } from '../../../../contracts/channels.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

/** Proved by code or token: what a channel vouches for is not enough. */
const PROVED = 3

export interface ProvedPoint {
  readonly id: string
  /** In clear. */
  readonly address: string
}

/** A subscriber's contact point of a channel that is proved now, the one proved last; undefined = there is none. */
export function findProvedPoint(
  db: Executor,
  subscriberId: string,
  channel: ChannelKind,
  now: Date,
): Promise<ProvedPoint | undefined> {
  return maybeOne(
    db,
    sql<ProvedPoint>`
      select p.id, p.address
      from subscribers.contact_link l
      join subscribers.contact_point p on p.id = l.contact_point_id
      cross join lateral (
        select max(proved_at) as proved_at from subscribers.proof
        where contact_point_id = p.id and level >= ${PROVED} and revoked_at is null
          and (expires_at is null or expires_at > ${now})
      ) proved
      where l.subscriber_id = ${subscriberId} and l.valid_to is null and not l.voided
        and p.channel = ${channel} and p.erased_at is null and proved.proved_at is not null
      order by proved.proved_at desc limit 1`,
  )
}

/** All contact points of a subscriber that are proved now, where they have not left the door. */
export function findProvedPoints(
  db: Executor,
  subscriberId: string,
  now: Date,
): Promise<(ProvedPoint & { readonly channel: ChannelKind })[]> {
  return rows(
    db,
    sql<ProvedPoint & { channel: ChannelKind }>`
      select p.id, p.address, p.channel
      from subscribers.contact_link l
      join subscribers.contact_point p on p.id = l.contact_point_id
      where l.subscriber_id = ${subscriberId} and l.valid_to is null and not l.voided
        and p.erased_at is null and p.unreachable_since is null
        and exists (select 1 from subscribers.proof
          where contact_point_id = p.id and level >= ${PROVED} and revoked_at is null
            and (expires_at is null or expires_at > ${now}))
      order by p.id`,
  )
}
