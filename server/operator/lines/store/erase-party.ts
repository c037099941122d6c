import { countChanged, type Executor, sql } from '../../../platform/database/index.ts'

/** Destroys a party's name; 0 = there is no such party, or it was destroyed before. */
export function eraseName(tx: Executor, partyId: string, now: Date): Promise<number> {
  return countChanged(
    tx,
    sql`update lines.party set name = '', erased_at = ${now} where id = ${partyId} and erased_at is null`,
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
