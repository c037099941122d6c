import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { forgetRows } from '../../../platform/jobs/index.ts'

export interface NewChallenge {
  readonly id: string
  readonly kind: 'sms-code' | 'deep-link'
  readonly contactPointId: string
  /** Of the code or token, by the installation's key. */
  readonly secretHash: Buffer
  readonly msisdn: string | null
  /** The door that the token opens. */
  readonly channelAccountId: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly attempts: number
}

export async function insertChallenge(tx: Executor, challenge: NewChallenge): Promise<void> {
  const { id, kind, contactPointId, secretHash, msisdn, channelAccountId, createdAt, expiresAt, attempts } =
    challenge
  await rows(
    tx,
    sql`insert into subscribers.challenge
          (id, kind, contact_point_id, secret_hash, msisdn, channel_account_id, created_at, expires_at, attempts_left)
        values (${id}, ${kind}, ${contactPointId}, ${secretHash}, ${msisdn}, ${channelAccountId}, ${createdAt},
          ${expiresAt}, ${attempts})`,
  )
}

/** Only the newest code of a contact point can be told. */
export async function endOpenCodes(tx: Executor, contactPointId: string, now: Date): Promise<void> {
  await rows(
    tx,
    sql`update subscribers.challenge set used_at = ${now}, msisdn = null
        where contact_point_id = ${contactPointId} and kind = 'sms-code' and used_at is null`,
  )
}

export interface CodeAttempt {
  readonly secretHash: Buffer
  readonly msisdn: string | null
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly attemptsLeft: number
  /** False: none was left to take. */
  readonly taken: boolean
}

/**
 * Takes one attempt at a code before it is compared, so that parallel guesses cannot get more than there are.
 * Give it the pool: what is refused afterwards must not give the attempt back.
 */
export function takeAttempt(
  db: Executor,
  { id, contactPointId }: { id: string; contactPointId: string },
): Promise<CodeAttempt | undefined> {
  return maybeOne(
    db,
    sql<CodeAttempt>`
      with before as (
        select id, attempts_left from subscribers.challenge
        where id = ${id} and contact_point_id = ${contactPointId} and kind = 'sms-code' for update
      )
      update subscribers.challenge c set attempts_left = greatest(before.attempts_left - 1, 0)
      from before where c.id = before.id
      returning c.secret_hash as "secretHash", c.msisdn, c.expires_at as "expiresAt", c.used_at as "usedAt",
                c.attempts_left as "attemptsLeft", before.attempts_left > 0 as taken`,
  )
}

/** Uses a code up; false = somebody was faster. */
export async function spendCode(tx: Executor, id: string, now: Date): Promise<boolean> {
  const used = await maybeOne(
    tx,
    sql`update subscribers.challenge set used_at = ${now}, msisdn = null
        where id = ${id} and used_at is null returning id`,
  )
  return used !== undefined
}

/** Uses a token up, at the door that it was made for; gives whose it was. */
export async function spendToken(
  tx: Executor,
  secretHash: Buffer,
  contactPointId: string,
  now: Date,
): Promise<string | undefined> {
  const used = await maybeOne(
    tx,
    sql<{ contactPointId: string }>`
      update subscribers.challenge set used_at = ${now}
      where kind = 'deep-link' and secret_hash = ${secretHash} and used_at is null and expires_at > ${now}
        and channel_account_id = (select channel_account_id from subscribers.contact_point where id = ${contactPointId})
      returning contact_point_id as "contactPointId"`,
  )
  return used?.contactPointId
}

/** Destroys challenges that ended before an instant, some at a time. Gives how many. */
export const forgetChallenges = (db: Executor, before: Date): Promise<number> =>
  forgetRows(db, {
    from: sql`subscribers.challenge`,
    which: sql`expires_at < ${before}`,
    oldestBy: sql`expires_at`,
  })
