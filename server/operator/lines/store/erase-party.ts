import { countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'

/** Notes that a party wants its name destroyed: as soon as no line rests on it. */
export async function askEraseName(tx: Executor, partyId: string, now: Date): Promise<void> {
  await rows(
    tx,
    sql`update lines.party set erase_asked_at = ${now} where id = ${partyId} and erase_asked_at is null`,
  )
}

/** Destroys the names of those of these parties that asked for it and have no role on any line any more. Gives how many. */
export function eraseFreeNames(tx: Executor, partyIds: readonly string[], now: Date): Promise<number> {
  return countChanged(
    tx,
    sql`update lines.party p set name = '', erased_at = ${now}
        where p.id = any(${[...partyIds]}::uuid[]) and p.erase_asked_at is not null and p.erased_at is null
          and not exists (select from lines.role r where r.party_id = p.id and (r.valid_to is null or r.valid_to > ${now}))`,
  )
}

/** Destroys who was called from a party's own lines, each while it was the party's. Gives how many. */
export function eraseOthers(tx: Executor, partyId: string): Promise<number> {
  return countChanged(
    tx,
    sql`update lines.usage u set other = null from lines.role r
        where r.party_id = ${partyId} and r.role = 'owner' and u.line_id = r.line_id and u.other is not null
          and u.at >= r.valid_from and (r.valid_to is null or u.at < r.valid_to)`,
  )
}
