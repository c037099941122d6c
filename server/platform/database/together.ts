import {
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import { alsoAfterCommitOf, type Executor, type NoTables } from './query.ts'

const flights = new WeakMap<DatabaseConnection, Executor>()

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

/** An executor that sends at once what it is given. One a connection, for making it costs more than a statement. */
function flightOver(connection: DatabaseConnection): Executor {
  const known = flights.get(connection)
  if (known) return known
  const flight = new Kysely<NoTables>({ dialect: dialectOver(connection) })
  flights.set(connection, flight)
  return flight
}

async function nothing(): Promise<void> {
  // The connection is somebody else's to open and to give back.
}

async function refuse(): Promise<never> {
  throw new Error('statements in flight share the transaction that they are of')
}

const dialectOver = (connection: DatabaseConnection): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver: () => ({
    init: nothing,
    acquireConnection: async () => connection,
    releaseConnection: nothing,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: nothing,
  }),
})
