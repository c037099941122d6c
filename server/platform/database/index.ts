/**
 * PostgreSQL for the rest of the house: a pool, three ways to read rows, transactions, notices, migrations, and the
 * embedded server of a single-machine installation.
 *
 * - SQL is written by hand with `sql`; values always travel as parameters of named (prepared) statements.
 * - int8 arrives as a number (an unsafe one throws), timestamptz as a Date, date and numeric as text; the session is in UTC.
 * - Statements that do not need each other's answers travel `together`.
 * - Nobody keeps an executor in a field: it is the first argument of whatever reads or writes.
 */
export { sql } from 'kysely'
export { anyOf } from './any-of.ts'
export { type Claim, claimDue } from './claim-due.ts'
export { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded/start.ts'
export { type MigrateOptions, migrate, NewerSchema } from './migrate.ts'
export { type Listener, type ListenOptions, listen, notify } from './notices.ts'
export { type Connected, connectPool, type PoolSettings } from './pool.ts'
export { databaseProblem } from './problem.ts'
export {
  afterCommit,
  commitLazily,
  countChanged,
  type Db,
  type Executor,
  inTransaction,
  keepPlans,
  LAZILY,
  lookUpByKeys,
  maybeOne,
  type NoTables,
  one,
  type RawSql,
  rows,
} from './query.ts'
export { shareReads } from './share-reads.ts'
export { followedBy, together } from './together.ts'
