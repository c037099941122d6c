import { setTimeout as pause } from 'node:timers/promises'
import { type Kysely, type RawBuilder, sql } from 'kysely'

/** We write SQL ourselves: kysely knows no table of ours. */
export type NoTables = Record<never, never>

/** Whatever runs a statement: the pool, or the transaction that the caller is in. */
export type Executor = Kysely<NoTables>

/** The pool level: may begin transactions. */
export type Db = Kysely<NoTables>

/** A piece of SQL with its parameters, to be put into a statement. */
export type RawSql = RawBuilder<unknown>

/** All rows of a statement, in the order that the database gave them. */
export async function rows<R>(executor: Executor, query: RawBuilder<R>): Promise<R[]> {
  const result = await query.execute(executor)
  return result.rows
}

/** The only row of a statement; none or several is a defect. */
export async function one<R>(executor: Executor, query: RawBuilder<R>): Promise<R> {
  const row = await maybeOne(executor, query)
  if (row === undefined) throw new Error('expected exactly one row, got none')
  return row
}

/** The row of a statement that gives one or none; several are a defect. */
export async function maybeOne<R>(executor: Executor, query: RawBuilder<R>): Promise<R | undefined> {
  const found = await rows(executor, query)
  if (found.length > 1) throw new Error(`expected at most one row, got ${found.length}`)
  return found[0]
}

/** Runs a change (an insert, update or delete without `returning`) and gives how many rows it changed. */
export async function countChanged(executor: Executor, change: RawSql): Promise<number> {
  const { changed } = await one(
    executor,
    sql<{ changed: number }>`with changed as (${change} returning 1) select count(*) as changed from changed`,
  )
  return changed
}

const afterwards = new WeakMap<Executor, (() => void)[]>()

/** Whoever lost steps aside: PostgreSQL wakes the winner, who may otherwise find the lock taken again. Milliseconds, up to twice as many. */
const LET_THROUGH_MS = 25

/** PostgreSQL ended one of two transactions that waited for each other (40P01). */
const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '40P01'

/**
 * Runs `work` in one transaction (read committed): committed when it returns, rolled back when it throws. Joins the
 * transaction that `db` already is.
 * What `afterCommit` collected on the way runs once the commit is durable, in order.
 * One that loses a deadlock is run once more from its beginning, a moment later: nothing of it has happened, and whoever won is through. Locks are
 * taken in one order, so that this is rare; `work` leaves nothing but rows behind, and what it collects outside it sets anew.
 */
export async function inTransaction<T>(db: Db, work: (tx: Executor) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  try {
    return await runOnce(db, work)
  } catch (error) {
    if (!isDeadlock(error)) throw error
    await pause(LET_THROUGH_MS * (1 + Math.random()))
    return runOnce(db, work)
  }
}

async function runOnce<T>(db: Db, work: (tx: Executor) => Promise<T>): Promise<T> {
  const collected: (() => void)[] = []
  const result = await db.transaction().execute((tx) => {
    afterwards.set(tx, collected)
    return work(tx)
  })
  for (const act of collected) act()
  return result
}

/**
 * Lets the transaction commit without waiting for the disk: for work that repeats what is durable already and is done again if a crash
 * undoes it. Whatever commits durably later makes it durable too, since the log is one (PostgreSQL, "Asynchronous Commit").
 */
export async function commitLazily(tx: Executor): Promise<void> {
  await rows(tx, sql`set local synchronous_commit = off`)
}

/** The same for one statement that is a transaction of its own, or the first of one: a part of `with`, which its query must read from. */
export const LAZILY = sql`lazily as materialized (select set_config('synchronous_commit', 'off', true))`

/**
 * Has the rest of the transaction's statements planned as looking rows up by their keys, where there is an index. A plan is kept as long as
 * nobody has counted the table anew: one that was made while a table was nearly empty would read all of it, in every statement, for minutes after it has grown.
 */
export async function lookUpByKeys(tx: Executor): Promise<void> {
  await rows(tx, sql`set local enable_seqscan = off`)
}

/**
 * Has the rest of the transaction's statements planned once a connection, whatever their parameters are: for those that look a few rows up by
 * key, where planning anew costs as much as running. PostgreSQL by itself goes on planning them for the length of each list (documentation, `plan_cache_mode`).
 */
export async function keepPlans(tx: Executor): Promise<void> {
  await rows(tx, sql`set local plan_cache_mode = force_generic_plan`)
}

/** Lets what is collected on `other` wait for the commit of the transaction that `executor` is. */
export function alsoAfterCommitOf(executor: Executor, other: Executor): void {
  const collected = afterwards.get(executor)
  if (collected) afterwards.set(other, collected)
  else afterwards.delete(other)
}

/** Runs `act` when the transaction `executor` has committed, never if it rolls back; at once where there is no transaction. */
export function afterCommit(executor: Executor, act: () => void): void {
  const collected = afterwards.get(executor)
  if (collected) collected.push(act)
  else act()
}
