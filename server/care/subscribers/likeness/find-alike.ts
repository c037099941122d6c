import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { tellsApart } from './name-key.ts'
import type { Likeness } from './score.ts'

/** Candidates looked at for each contact point and likeness: a number or name that so many share says nothing. */
const MOST = 10

interface Alike {
  readonly id: string
  readonly otherId: string
  readonly likeness: Likeness
  readonly nameKey: string | null
  /** How many others share it. */
  readonly bearers: number
}

export interface AlikePair {
  readonly id: string
  readonly otherId: string
  readonly likeness: Likeness[]
}

/** A name alone is a hint only if it is a full one, and not everybody's. */
const saysSomething = (alike: readonly Alike[]) =>
  alike.some((one) => one.likeness !== 'same-name' || (one.bearers <= 3 && tellsApart(one.nameKey ?? '')))

/** Contact points that look like these, other people's so far. */
export async function findAlike(db: Executor, contactPointIds: readonly string[]): Promise<AlikePair[]> {
  const alike = await rows(
    db,
    sql<Alike>`
    with self as (
      select p.id, p.channel, lower(p.address) as address, lower(p.username) as username, p.name_key, l.subscriber_id
      from subscribers.contact_point p
      left join subscribers.contact_link l on l.contact_point_id = p.id and l.valid_to is null and not l.voided
      where p.id = any(${contactPointIds}::uuid[]) and p.erased_at is null
    ), number as (
      select id, address as msisdn from self where channel = 'sms'
      union
      select self.id, f.evidence ->> 'msisdn' from self
      join subscribers.proof f on f.contact_point_id = self.id and f.revoked_at is null
      where f.evidence ->> 'msisdn' is not null
    ), found as (
      select self.id, o.id as other_id, 'same-address' as likeness
      from self cross join lateral (
        select id from subscribers.contact_point
        where lower(address) = self.address and channel = self.channel and id <> self.id limit ${MOST}) o
      where self.channel <> 'sms'
      union all
      select number.id, o.id, 'same-number'
      from number cross join lateral (
        (select id from subscribers.contact_point
         where lower(address) = number.msisdn and channel = 'sms' and id <> number.id limit ${MOST})
        union
        (select contact_point_id from subscribers.proof
         where evidence ->> 'msisdn' = number.msisdn and revoked_at is null and contact_point_id <> number.id limit ${MOST})
      ) o
      union all
      select self.id, o.id, 'same-username'
      from self cross join lateral (
        select id from subscribers.contact_point
        where lower(username) = self.username and id <> self.id limit ${MOST}) o
      where self.username is not null
      union all
      select self.id, o.id, 'same-name'
      from self cross join lateral (
        select id from subscribers.contact_point
        where name_key = self.name_key and id <> self.id limit ${MOST}) o
      where self.name_key is not null
    )
    select found.id, found.other_id as "otherId", found.likeness, self.name_key as "nameKey",
           count(*) over (partition by found.id, found.likeness) as bearers
    from found
    join self on self.id = found.id
    join subscribers.contact_point o on o.id = found.other_id and o.erased_at is null
    left join subscribers.contact_link theirs
      on theirs.contact_point_id = o.id and theirs.valid_to is null and not theirs.voided
    where theirs.subscriber_id is null or theirs.subscriber_id is distinct from self.subscriber_id`,
  )
  return pairsOf(alike)
}

function pairsOf(alike: readonly Alike[]): AlikePair[] {
  const pairs = new Map<string, Alike[]>()
  for (const one of alike) {
    const pair = [one.id, one.otherId].sort().join(' ')
    pairs.set(pair, [...(pairs.get(pair) ?? []), one])
  }
  return [...pairs].flatMap(([pair, hints]) => {
    const [id = '', otherId = ''] = pair.split(' ')
    const likeness = [...new Set(hints.map((hint) => hint.likeness))].sort()
    return saysSomething(hints) ? [{ id, otherId, likeness }] : []
  })
}
