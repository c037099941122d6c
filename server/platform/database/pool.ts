import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { preparingPool } from './prepared.ts'
import type { Db, NoTables } from './query.ts'
import { columnTypes } from './values.ts'

/** A new connection knows no plan and no table yet: whoever comes after a calm minute should not pay for that. */
const IDLE_MS = 10 * 60_000

export interface PoolSettings {
  /** `postgresql://…`; a Unix socket is `postgresql://user@/database?host=/folder`. */
  connectionString: string
  /** Most connections at a time. */
  max: number
  /** Shown in pg_stat_activity. */
  applicationName: string
  /** A statement that runs longer is cancelled; default 30 s. */
  statementTimeoutMs?: number
  /** A transaction that does nothing for longer is ended: it would hold locks and vacuum back; default 30 s. */
  idleInTransactionTimeoutMs?: number
  /** How long to wait for a free or new connection before the request fails; default 5 s. */
  connectTimeoutMs?: number
  /** Told when a connection at rest breaks; the pool replaces it by itself. */
  onIdleError?: (error: Error) => void
}

export interface Connected {
  db: Db
  /** For libraries that want the driver's own pool (graphile-worker, rate-limiter-flexible). */
  pool: pg.Pool
  /** Waits for the statements under way, then closes every connection. */
  close(): Promise<void>
}

/** Opens a pool; connects lazily, so it also succeeds while the database is away. */
export function connectPool(settings: PoolSettings): Connected {
  let closing: Promise<void> | undefined
  const pool = new pg.Pool({
    connectionString: settings.connectionString,
    max: settings.max,
    application_name: settings.applicationName,
    statement_timeout: settings.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs ?? 30_000,
    connectionTimeoutMillis: settings.connectTimeoutMs ?? 5_000,
    keepAlive: true,
    idleTimeoutMillis: IDLE_MS,
    types: columnTypes,
    // Statements are sent as they come; who waits for each answer notices nothing of it (see `together`).
    pipeline: true,
    options: '-c timezone=UTC',
  })
  // Without a listener a server that stops (57P01 on idle connections) would end this process.
  // Once it is being closed, connections end because it wants it.
  pool.on('error', (error) => closing ?? settings.onIdleError?.(error))
  // The same for a connection that is lent out but between two statements: its next statement fails, and the caller learns of it there.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<NoTables>({
    dialect: new PostgresDialect({ pool: preparingPool(pool, columnTypes) }),
  })
  return { db, pool, close: () => (closing ??= pool.end()) }
}
