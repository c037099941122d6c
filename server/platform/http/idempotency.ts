import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { countChanged, type Executor, maybeOne, one, rows, sql } from '../database/index.ts'
import { type Batches, inBatches } from '../jobs/index.ts'
import { Refusal } from '../refusal.ts'

/** How long an answer is kept for repeats. */
const KEPT_DAYS = 30

export interface WriteKey {
  readonly actor: string
  readonly operation: string
  readonly key: string
  /** SHA-256 of the request: the same key with another request is a mistake of the caller. */
  readonly digest: Buffer
  /** Whether the answer is kept for repeats; one that tells a secret is not. Kept when absent. */
  readonly isKept?: boolean
}

/** Digest of what was asked: path parameters and body. */
export function digestOf(asked: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(asked)).digest()
}

/**
 * Does `work` once a key, inside the caller's transaction: a repeat gives the stored answer, a rival in flight is waited for.
 * Refuses with `idempotency_key_reused` when the key stands for another request, with `told_once` when its answer is not kept, with `erased`
 * when it was destroyed.
 */
export async function onceByKey<T>(
  tx: Executor,
  clock: Clock,
  write: WriteKey,
  work: () => Promise<T>,
): Promise<T> {
  const { actor, operation, key, digest, isKept = true } = write
  const fresh = await maybeOne(
    tx,
    sql<{ fresh: boolean }>`
      insert into platform.idempotency_key (actor, operation, key, digest, created_at)
      values (${actor}, ${operation}, ${key}, ${digest}, ${clock.now()})
      on conflict do nothing returning true as fresh`,
  )
  if (!fresh) return storedAnswer<T>(tx, write)
  const answer = await work()
  if (!isKept) return answer
  await rows(
    tx,
    sql`update platform.idempotency_key set answer = ${JSON.stringify(answer)}
      where actor = ${actor} and operation = ${operation} and key = ${key}`,
  )
  return answer
}

async function storedAnswer<T>(
  tx: Executor,
  { actor, operation, key, digest, isKept = true }: WriteKey,
): Promise<T> {
  const stored = await one(
    tx,
    sql<{ digest: Buffer; answer: T | null }>`
      select digest, answer from platform.idempotency_key
      where actor = ${actor} and operation = ${operation} and key = ${key}`,
  )
  if (!stored.digest.equals(digest)) throw new Refusal('idempotency_key_reused')
  if (!isKept) throw new Refusal('told_once')
  if (stored.answer === null) throw new Refusal('erased')
  return stored.answer
}

/**
 * Destroys stored answers that mention any of these ids, or were given to these actors; their keys stay, so that a repeat still changes
 * nothing and is refused with `erased`. Walks the whole table: for the rare erasure of a person. Gives how many.
 */
export function eraseAnswers(
  tx: Executor,
  { ids, actors }: { readonly ids: readonly string[]; readonly actors: readonly string[] },
): Promise<number> {
  const mentions = ids.map((id) => `%${id}%`)
  return countChanged(
    tx,
    sql`update platform.idempotency_key set answer = null
      where answer is not null and (answer::text like any(${mentions}::text[]) or actor = any(${[...actors]}::text[]))`,
  )
}

/** Forgets answers that are older than they are promised to be kept, some at a time. Gives how many. For an hourly job. */
export function forgetOldKeys(db: Executor, clock: Clock, batches?: Batches): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000)
  return inBatches(
    (limit) =>
      countChanged(
        db,
        sql`delete from platform.idempotency_key k using (
            select actor, operation, key from platform.idempotency_key where created_at < ${before}
            order by created_at limit ${limit}) old
          where k.actor = old.actor and k.operation = old.operation and k.key = old.key`,
      ),
    batches,
  )
}
