import path from 'node:path'
import type { Pool } from 'pg'
import type { Config } from '../config.ts'
import { type Connected, connectPool, type Db, migrate, startEmbedded } from '../platform/database/index.ts'
import type { HouseLog } from './house-log.ts'

/** The database of this installation, migrated and connected. */
export interface Data extends Connected {
  readonly connectionString: string
  /** For taking messages in: connections of their own, which no slow screen can hold. */
  readonly intake: Db
  /** What is behind `intake`, to be watched. */
  readonly intakePool: Pool
  /** True when the database is ours: it lives in the data folder. */
  readonly embedded: boolean
}

const MIGRATIONS = path.join(import.meta.dirname, '../migrations')
const POOL = 20
/** As many batches as are taken in at a time, and one more on which the last one is being filed. */
const INTAKE_POOL = 3

/** Starts or reaches the database, brings its schema up, and connects. `close` leaves an external one alone. */
export async function openData(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: HouseLog,
  signal?: AbortSignal,
): Promise<Data> {
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbedded({ dataDir: config.dataDir, log, ...(signal && { signal }) })
      : undefined
  const connectionString = embedded?.connectionString ?? config.databaseUrl ?? ''
  try {
    signal?.throwIfAborted()
    const ran = await migrate(connectionString, {
      dir: MIGRATIONS,
      onBusy: () => log.warn('a migration waits for a table that another node works on'),
    })
    if (ran.length > 0) log.info({ migrations: ran.length, first: ran[0], last: ran.at(-1) }, 'migrated')
    const connect = (applicationName: string, max: number) =>
      connectPool({
        connectionString,
        max,
        applicationName,
        onIdleError: (error) => log.warn({ err: error }, 'database connection lost'),
      })
    const connected = connect('otklik', POOL)
    const intake = connect('otklik intake', INTAKE_POOL)
    return {
      ...connected,
      intake: intake.db,
      intakePool: intake.pool,
      connectionString,
      embedded: embedded !== undefined,
      close: async () => {
        await Promise.all([connected.close(), intake.close()])
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
