import { createHash } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import { type Executor, rows, sql } from '../../platform/database/index.ts'
import { nameKey } from './likeness/name-key.ts'
import type { Sighting } from './sighting.ts'

/** Locks are few, however many people come at once; two strangers who share one only wait a moment for each other. */
const LOCKS = 256
const LOCK_CLASS = 0x5167

/** What the table holds of a contact point, as far as a sighting may change it. */
export interface Known {
  readonly id: string
  readonly address: string
  readonly displayName: string | null
  readonly username: string | null
  readonly locale: string | null
}

/** (channel account, external id) → contact point. */
export type Names = Map<string, Known>

export const keyOf = (channelAccountId: string, externalId: string) => `${channelAccountId} ${externalId}`
export const externalIdsOf = ({ externalId, aliases = [] }: Sighting) => [externalId, ...aliases]
export const keysOf = (sighting: Sighting) =>
  externalIdsOf(sighting).map((one) => keyOf(sighting.channelAccountId, one))

/** Who of those seen is known, by each name of theirs. */
export async function readNames(db: Executor, sightings: readonly Sighting[]): Promise<Names> {
  const accounts = sightings.flatMap((one) => externalIdsOf(one).map(() => one.channelAccountId))
  const found = await rows(
    db,
    sql<Known & { channelAccountId: string; externalId: string }>`
      select a.channel_account_id as "channelAccountId", a.external_id as "externalId", p.id, p.address,
             p.display_name as "displayName", p.username, p.locale
      from unnest(${accounts}::uuid[], ${sightings.flatMap(externalIdsOf)}::text[]) as seen (account, name)
      join subscribers.contact_alias a on a.channel_account_id = seen.account and a.external_id = seen.name
      join subscribers.contact_point p on p.id = a.contact_point_id`,
  )
  return new Map(found.map((one) => [keyOf(one.channelAccountId, one.externalId), one]))
}

/** Holds these names until the transaction ends: nobody else creates their contact points meanwhile. */
export async function lockNames(tx: Executor, keys: readonly string[]): Promise<void> {
  const locks = new Set(keys.map((key) => createHash('sha256').update(key).digest().readUInt32BE() % LOCKS))
  const inOrder = [...locks].sort((a, b) => a - b)
  await rows(
    tx,
    sql`select pg_advisory_xact_lock(${LOCK_CLASS}::int, lock) from unnest(${inOrder}::int[]) as lock`,
  )
}

export async function insertPoints(
  tx: Executor,
  clock: Clock,
  points: readonly { id: string; sighting: Sighting }[],
): Promise<void> {
  const column = (of: (sighting: Sighting) => string | undefined | null) =>
    points.map(({ sighting }) => of(sighting) ?? null)
  await rows(
    tx,
    sql`
      insert into subscribers.contact_point
        (id, channel_account_id, channel, address, display_name, username, locale, name_key, likeness_due, created_at)
      select id, account, channel, address, display_name, username, locale, name_key, true, ${clock.now()}
      from unnest(
        ${points.map(({ id }) => id)}::uuid[], ${column((one) => one.channelAccountId)}::uuid[],
        ${column((one) => one.channel)}::text[], ${column((one) => one.address)}::text[],
        ${column((one) => one.displayName)}::text[], ${column((one) => one.username)}::text[],
        ${column((one) => one.locale)}::text[], ${column((one) => nameKey(one.displayName))}::text[]
      ) as new (id, account, channel, address, display_name, username, locale, name_key)`,
  )
}

export async function insertAliases(
  tx: Executor,
  clock: Clock,
  aliases: readonly { id: string; account: string; externalId: string }[],
): Promise<void> {
  await rows(
    tx,
    sql`
      insert into subscribers.contact_alias (channel_account_id, external_id, contact_point_id, created_at)
      select account, external_id, id, ${clock.now()}
      from unnest(
        ${aliases.map((one) => one.account)}::uuid[], ${aliases.map((one) => one.externalId)}::text[],
        ${aliases.map((one) => one.id)}::uuid[]
      ) as new (account, external_id, id)`,
  )
}

/** Writes what the newest sighting of each contact point tells; what it leaves out stays. */
export async function refreshDetails(db: Executor, newest: ReadonlyMap<string, Sighting>): Promise<void> {
  const seen = [...newest.values()]
  await rows(
    db,
    // Rows are locked in the order of their ids: two nodes that refresh the same people never wait in a circle.
    sql`
      with seen as (
        select * from unnest(
          ${[...newest.keys()]}::uuid[], ${seen.map((one) => one.address)}::text[],
          ${seen.map((one) => one.displayName ?? null)}::text[], ${seen.map((one) => one.username ?? null)}::text[],
          ${seen.map((one) => one.locale ?? null)}::text[], ${seen.map((one) => nameKey(one.displayName))}::text[]
        ) as seen (id, address, display_name, username, locale, name_key)
      ), locked as (
        select id from subscribers.contact_point
        where id = any(${[...newest.keys()]}::uuid[]) and erased_at is null order by id for no key update
      )
      update subscribers.contact_point p
      set address = seen.address, display_name = coalesce(seen.display_name, p.display_name),
          username = coalesce(seen.username, p.username), locale = coalesce(seen.locale, p.locale),
          name_key = coalesce(seen.name_key, p.name_key), likeness_due = true
      from seen join locked using (id)
      where p.id = seen.id`,
  )
}
