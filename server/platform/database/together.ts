import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import { alsoAfterCommitOf, type Db, type Executor, type NoTables } from './query.ts'

type Transactions = Pick<Driver, 'beginTransaction' | 'commitTransaction' | 'rollbackTransaction'>

const flights = new WeakMap<DatabaseConnection, Executor>()
const lentOnes = new WeakMap<DatabaseConnection, Executor>()

/**
 * Sends several statements in one trip: none of them waits for the answer of another, and PostgreSQL runs them one after the other, in the
 * order in which they were begun, each with a view of its own. For what does not need each other's answers; a lock comes before what is read under it.
 * If one fails, so do those behind it, and all of it is told as the first failure.
 * @param begin begins them on the executor that it gets, which lives no longer than they do; what one of them sends after an answer of its own
 * comes behind all that were sent by then
 */
export function together<const T extends readonly unknown[]>(
  tx: Executor,
  begin: (flight: Executor) => { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  return tx.getExecutor().provideConnection(async (connection) => {
    const flight = flightOver(connection)
    alsoAfterCommitOf(tx, flight)
    const landed = await Promise.allSettled(begin(flight))
    const failed = landed.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown)
    if (failed.length > 0) throw failed.find((error) => !isBehindFailure(error)) ?? failed[0]
    return landed.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as unknown as T
  })
}

/** The transaction had been broken by a statement before (25P02). */
const isBehindFailure = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02'

/**
 * Sends a statement, and what follows it on the same connection without waiting for its answer: PostgreSQL goes on from one to the other by
 * itself, while we do something else. `next` begins once the first is on its way, whatever becomes of it.
 * @returns the answer of the first, as soon as it is there; the connection is given back when `next` has ended, which tells its failures itself
 */
export function followedBy<T>(
  db: Db,
  first: (connection: Executor) => Promise<T>,
  next: (connection: Db) => Promise<void>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const lent = db.getExecutor().provideConnection(async (connection) => {
      const flight = flightOver(connection)
      alsoAfterCommitOf(db, flight)
      const answered = first(flight).then(resolve, reject)
      await turnOfTheLoop()
      await next(lentOver(connection))
      await answered
    })
    lent.catch(reject)
  })
}

/** An executor that sends at once what it is given. One a connection, for making it costs more than a statement. */
const flightOver = (connection: DatabaseConnection): Executor =>
  overOnce(flights, connection, {
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
  })

/** The connection as whoever it is lent to uses it: they may begin transactions on it. */
const lentOver = (connection: DatabaseConnection): Db =>
  overOnce(lentOnes, connection, {
    beginTransaction: () => send(connection, 'begin'),
    commitTransaction: () => send(connection, 'commit'),
    rollbackTransaction: () => send(connection, 'rollback'),
  })

async function send(connection: DatabaseConnection, command: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(command))
}

function overOnce(
  made: WeakMap<DatabaseConnection, Executor>,
  connection: DatabaseConnection,
  transactions: Transactions,
): Executor {
  const known = made.get(connection)
  if (known) return known
  const executor = new Kysely<NoTables>({ dialect: dialectOver(connection, transactions) })
  made.set(connection, executor)
  return executor
}

async function nothing(): Promise<void> {
  // The connection is somebody else's to open and to give back.
}

async function refuse(): Promise<never> {
  throw new Error('statements in flight share the transaction that they are of')
}

const dialectOver = (connection: DatabaseConnection, transactions: Transactions): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver: () => ({
    init: nothing,
    acquireConnection: async () => connection,
    releaseConnection: nothing,
    ...transactions,
    destroy: nothing,
  }),
})
