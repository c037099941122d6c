import type { Locale } from '../../../../contracts/primitives.ts'
import { type Executor, maybeOne, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { type Batches, forgetRows } from '../../../platform/jobs/index.ts'

/** How a code travels. */
export type Way = 'sms' | 'email'

export interface NewChallenge {
  readonly id: string
  /** Of whom a fresh code is asked; null = somebody signs in. */
  readonly sessionId: string | null
  readonly by: Way
  readonly secretHash: Buffer
  readonly msisdn: string
  readonly contactPointId: string | null
  readonly locale: Locale
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly attempts: number
}

export async function insertChallenge(tx: Executor, challenge: NewChallenge): Promise<void> {
  const { id, sessionId, by, secretHash, msisdn, contactPointId, locale, createdAt, expiresAt, attempts } =
    challenge
  await rows(
    tx,
    sql`insert into my.challenge
          (id, session_id, by, secret_hash, msisdn, contact_point_id, locale, created_at, expires_at, attempts_left)
        values (${id}, ${sessionId}, ${by}, ${secretHash}, ${msisdn}, ${contactPointId}, ${locale}, ${createdAt}, ${expiresAt}, ${attempts})`,
  )
}

/** The e-mail that a code went to. */
export async function setAddressee(db: Executor, id: string, contactPointId: string): Promise<void> {
  await rows(db, sql`update my.challenge set contact_point_id = ${contactPointId} where id = ${id}`)
}

export interface CodeAttempt {
  readonly by: Way
  readonly secretHash: Buffer
  readonly msisdn: string | null
  readonly contactPointId: string | null
  readonly locale: Locale
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly attemptsLeft: number
  /** False: none was left to take. */
  readonly taken: boolean
}

/**
 * Takes one attempt at a code before it is compared, so that parallel guesses cannot get more than there are.
 * Give it the pool: what is refused afterwards must not give the attempt back.
 * @param sessionId whose fresh code it must be; null = of somebody who signs in
 */
export function takeAttempt(
  db: Executor,
  { id, sessionId }: { readonly id: string; readonly sessionId: string | null },
): Promise<CodeAttempt | undefined> {
  return maybeOne(
    db,
    sql<CodeAttempt>`
      with before as (
        select id, attempts_left from my.challenge
        where id = ${id} and session_id is not distinct from ${sessionId}::uuid for update
      )
      update my.challenge c set attempts_left = greatest(before.attempts_left - 1, 0)
      from before where c.id = before.id
      returning c.by, c.secret_hash as "secretHash", c.msisdn, c.contact_point_id as "contactPointId", c.locale,
                c.expires_at as "expiresAt", c.used_at as "usedAt", c.attempts_left as "attemptsLeft",
                before.attempts_left > 0 as taken`,
  )
}

/** Uses a code up; false = somebody was faster. */
export async function spendCode(tx: Executor, id: string, now: Date): Promise<boolean> {
  const used = await maybeOne(
    tx,
    sql`update my.challenge set used_at = ${now}, msisdn = null where id = ${id} and used_at is null returning id`,
  )
  return used !== undefined
}

/** Destroys codes and passes that ended before an instant, with the numbers that they went to, some at a time. Gives how many. */
export async function deleteEnded(db: Executor, before: Date, batches?: Batches): Promise<number> {
  const ended = (from: RawSql) =>
    forgetRows(db, { from, which: sql`expires_at < ${before}`, oldestBy: sql`expires_at` }, batches)
  return (await ended(sql`my.challenge`)) + (await ended(sql`my.pass`))
}
