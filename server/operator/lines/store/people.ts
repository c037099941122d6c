import type { LineRole } from '../../../../contracts/lines.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export interface PartyRow {
  readonly id: string
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly createdAt: Date
}

export interface RoleRow {
  readonly id: string
  readonly lineId: string
  readonly partyId: string
  readonly role: LineRole
  readonly validFrom: Date
  readonly validTo: Date | null
}

export async function insertParty(tx: Executor, { id, kind, name, createdAt }: PartyRow): Promise<void> {
  await rows(
    tx,
    sql`insert into lines.party (id, kind, name, created_at) values (${id}, ${kind}, ${name}, ${createdAt})`,
  )
}

/** Gives the party as it was before; undefined: there is none, or its data was destroyed. */
export function updatePartyName(
  tx: Executor,
  id: string,
  name: string,
): Promise<{ readonly name: string } | undefined> {
  return maybeOne(
    tx,
    sql<{ name: string }>`
      with before as (select id, name from lines.party where id = ${id} and erased_at is null for update)
      update lines.party p set name = ${name} from before where p.id = before.id returning before.name`,
  )
}

/** More lines of a party are not told by name on any screen at once. */
const MOST_NAMED = 1_000

/** Lines that show a party's name now. */
export async function selectLinesNamed(db: Executor, partyId: string): Promise<string[]> {
  const lines = await rows(
    db,
    sql<{ id: string }>`select distinct line_id as id from lines.role
      where party_id = ${partyId} and valid_to is null limit ${MOST_NAMED}`,
  )
  return lines.map(({ id }) => id)
}

/** Which of these parties there are. */
export async function selectParties(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    db,
    sql<{ id: string }>`select id from lines.party where id = any(${[...ids]}::uuid[])`,
  )
  return new Set(found.map(({ id }) => id))
}

export async function insertRoles(tx: Executor, list: readonly RoleRow[]): Promise<void> {
  await rows(
    tx,
    sql`insert into lines.role (id, line_id, party_id, role, valid_from, valid_to)
        select * from unnest(${list.map((row) => row.id)}::uuid[], ${list.map((row) => row.lineId)}::uuid[],
          ${list.map((row) => row.partyId)}::uuid[], ${list.map((row) => row.role)}::text[],
          ${list.map((row) => row.validFrom)}::timestamptz[], ${list.map((row) => row.validTo)}::timestamptz[])`,
  )
}

/** The role of a party on a line now, if it has one. */
export function selectRole(
  db: Executor,
  lineId: string,
  partyId: string,
  now: Date,
): Promise<{ role: LineRole } | undefined> {
  return maybeOne(
    db,
    sql<{ role: LineRole }>`
      select role from lines.role where line_id = ${lineId} and party_id = ${partyId}
        and valid_from <= ${now} and (valid_to is null or valid_to > ${now})`,
  )
}

/** Ends the roles on a line: a party's, or everybody's. Gives whose. */
export async function endRoles(
  tx: Executor,
  lineId: string,
  now: Date,
  partyId: string | null = null,
): Promise<string[]> {
  const ended = await rows(
    tx,
    sql<{ partyId: string }>`update lines.role set valid_to = ${now}
        where line_id = ${lineId} and (${partyId}::uuid is null or party_id = ${partyId})
          and valid_from <= ${now} and (valid_to is null or valid_to > ${now})
        returning party_id as "partyId"`,
  )
  return ended.map((role) => role.partyId)
}
