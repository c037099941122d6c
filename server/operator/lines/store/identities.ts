import type { LineRef, LineRole } from '../../../../contracts/lines.ts'
import { anyOf, type Executor, maybeOne, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import type { LineIdentity, PartyIdentity } from '../../edge/index.ts'

/** Roles (`r`) that hold at an instant. */
export const holds = (now: Date): RawSql =>
  sql`r.valid_from <= ${now} and (r.valid_to is null or r.valid_to > ${now})`
/** Owners come first. */
export const byRole = sql`array_position(array['owner', 'user', 'trusted'], r.role)`

const identity = (now: Date): RawSql => sql`
  select l.id, l.msisdn, l.state, coalesce((
    select json_agg(json_build_object('partyId', p.id, 'name', p.name, 'role', r.role) order by ${byRole}, r.valid_from)
    from lines.role r join lines.party p on p.id = r.party_id
    where r.line_id = l.id and ${holds(now)}), '[]') as people
  from lines.line l`

/** What people are at an instant on the line that a statement names, the owner first: a list in JSON. */
export const rolesOn = (lineId: RawSql, now: Date): RawSql => sql`coalesce((
    select json_agg(json_build_object('partyId', r.party_id, 'role', r.role) order by ${byRole}, r.valid_from)
    from lines.role r where r.line_id = ${lineId} and ${holds(now)}), '[]')`

/** When the clock alone makes something else of what `rolesOn` says; null: never. */
export const rolesHoldUntil = (lineId: RawSql, now: Date): RawSql => sql`(
    select min(case when r.valid_from > ${now} then r.valid_from else r.valid_to end)
    from lines.role r where r.line_id = ${lineId} and (r.valid_to is null or r.valid_to > ${now}))`

/** Those that there are, in no order. */
export function selectIdentities(
  db: Executor,
  lineIds: readonly string[],
  now: Date,
): Promise<LineIdentity[]> {
  return rows(db, sql<LineIdentity>`${identity(now)} where l.id = ${anyOf(lineIds)}`)
}

/** What people are on lines at an instant, by line; the owner first. */
export function selectRoles(
  db: Executor,
  lineIds: readonly string[],
  now: Date,
): Promise<
  { readonly lineId: string; readonly partyId: string; readonly role: LineRole; readonly since: Date }[]
> {
  return rows(
    db,
    sql<{ lineId: string; partyId: string; role: LineRole; since: Date }>`
      select r.line_id as "lineId", r.party_id as "partyId", r.role, r.valid_from as since from lines.role r
      where r.line_id = ${anyOf(lineIds)} and ${holds(now)} order by ${byRole}, r.valid_from`,
  )
}

export function selectIdentityByMsisdn(
  db: Executor,
  msisdn: string,
  now: Date,
): Promise<LineIdentity | undefined> {
  return maybeOne(db, sql<LineIdentity>`${identity(now)} where l.msisdn = ${msisdn} and l.state <> 'ended'`)
}

export function selectParty(db: Executor, partyId: string): Promise<PartyIdentity | undefined> {
  return maybeOne(
    db,
    sql<PartyIdentity>`select id, kind, name from lines.party where id = ${partyId} and erased_at is null`,
  )
}

export async function selectPartyNames(
  db: Executor,
  partyIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{
      id: string
      name: string
    }>`select id, name from lines.party where id = any(${[...partyIds]}::uuid[]) and erased_at is null`,
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** Lines after an id, in the order of their ids. */
export function selectIdentitiesAfter(
  db: Executor,
  after: string | undefined,
  now: Date,
  limit: number,
): Promise<LineIdentity[]> {
  return rows(
    db,
    sql<LineIdentity>`${identity(now)} where ${after === undefined ? sql`true` : sql`l.id > ${after}`} order by l.id limit ${limit}`,
  )
}

export function selectPartiesAfter(
  db: Executor,
  kind: PartyIdentity['kind'],
  after: string | undefined,
  limit: number,
): Promise<PartyIdentity[]> {
  return rows(
    db,
    sql<PartyIdentity>`select id, kind, name from lines.party
      where kind = ${kind} and erased_at is null and ${after === undefined ? sql`true` : sql`id > ${after}`}
      order by id limit ${limit}`,
  )
}

/** Lines on which parties have a role, own ones first; at most `limit` of each. */
export function selectLinesOfParties(
  db: Executor,
  partyIds: readonly string[],
  now: Date,
  limit: number,
): Promise<(LineRef & { readonly partyId: string })[]> {
  return rows(
    db,
    sql<LineRef & { readonly partyId: string }>`
      select p.id as "partyId", o.* from unnest(${[...partyIds]}::uuid[]) as p (id)
      cross join lateral (
        select l.id, l.msisdn, r.role, l.state, null as title
        from lines.role r join lines.line l on l.id = r.line_id
        where r.party_id = p.id and ${holds(now)} and l.state <> 'ended'
        order by ${byRole}, l.opened_at, l.id limit ${limit}) o`,
  )
}

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly role: LineRole
  readonly since: Date
}

/** People of a line now, the owner first. */
export function selectPeople(db: Executor, lineId: string, now: Date): Promise<PersonRow[]> {
  return rows(
    db,
    sql<PersonRow>`
      select p.id, p.name, r.role, r.valid_from as since
      from lines.role r join lines.party p on p.id = r.party_id
      where r.line_id = ${lineId} and ${holds(now)} order by ${byRole}, r.valid_from`,
  )
}

/** Who was trusted with a line under its owner of now and is no more: each once, the last first. */
export function selectFormer(
  db: Executor,
  lineId: string,
  now: Date,
): Promise<{ id: string; name: string; until: Date }[]> {
  return rows(
    db,
    sql<{ id: string; name: string; until: Date }>`
      select p.id, p.name, max(r.valid_to) as until
      from lines.role r join lines.party p on p.id = r.party_id
      where r.line_id = ${lineId} and r.role = 'trusted' and r.valid_to <= ${now} and p.erased_at is null
        and r.valid_to > (select max(o.valid_from) from lines.role o where o.line_id = ${lineId} and o.role = 'owner')
        and not exists (select from lines.role n where n.line_id = ${lineId} and n.party_id = p.id
          and n.valid_from <= ${now} and (n.valid_to is null or n.valid_to > ${now}))
      group by p.id, p.name order by until desc`,
  )
}

export async function selectNumbers(db: Executor, lineIds: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{
      id: string
      msisdn: string
    }>`select id, msisdn from lines.line where id = any(${[...lineIds]}::uuid[])`,
  )
  return new Map(found.map(({ id, msisdn }) => [id, msisdn]))
}
