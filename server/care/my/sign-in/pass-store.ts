import { countChanged, type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export interface NewPass {
  readonly secretHash: Buffer
  readonly subscriberId: string
  readonly lineId: string
  readonly issuedBy: string
  readonly at: Date
  readonly expiresAt: Date
}

/** Only the newest pass of a person opens anything. */
export async function insertPass(tx: Executor, pass: NewPass): Promise<void> {
  const { secretHash, subscriberId, lineId, issuedBy, at, expiresAt } = pass
  await deletePasses(tx, subscriberId)
  await rows(
    tx,
    sql`insert into my.pass (secret_hash, subscriber_id, line_id, issued_by, issued_at, expires_at)
        values (${secretHash}, ${subscriberId}, ${lineId}, ${issuedBy}, ${at}, ${expiresAt})`,
  )
}

/** Ends what opens something yet. Gives how many did. */
export function deletePasses(tx: Executor, subscriberId: string): Promise<number> {
  return countChanged(tx, sql`delete from my.pass where subscriber_id = ${subscriberId} and used_at is null`)
}

export interface Pass {
  readonly subscriberId: string
  readonly lineId: string
  /** This call has used it up. */
  readonly spent: boolean
}

/** Uses a pass up; undefined = there is none such. */
export function spendPass(tx: Executor, secretHash: Buffer, now: Date): Promise<Pass | undefined> {
  return maybeOne(
    tx,
    sql<Pass>`
      with spent as (
        update my.pass set used_at = ${now}
        where secret_hash = ${secretHash} and used_at is null and expires_at > ${now} returning secret_hash
      )
      select p.subscriber_id as "subscriberId", p.line_id as "lineId", spent.secret_hash is not null as spent
      from my.pass p left join spent on spent.secret_hash = p.secret_hash
      where p.secret_hash = ${secretHash}`,
  )
}
