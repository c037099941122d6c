import path from 'node:path'
import type { Config } from '../config.ts'
import { type Connected, connectPool, migrate, startEmbedded } from '../platform/database/index.ts'
import type { HouseLog } from './house-log.ts'

/** The database of this installation, migrated and connected. */
export interface Data extends Connected {
  readonly connectionString: string
  /** True when the database is ours: it lives in the data folder. */
  readonly embedded: boolean
}

const MIGRATIONS = path.join(import.meta.dirname, '../migrations')
const POOL = 20

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
    await migrate(connectionString, { dir: MIGRATIONS, onApplied: (name) => log.info({ name }, 'migrated') })
    const connected = connectPool({
      connectionString,
      max: POOL,
      applicationName: 'otklik',
      onIdleError: (error) => log.warn({ err: error }, 'database connection lost'),
    })
    return {
      ...connected,
      connectionString,
      embedded: embedded !== undefined,
      close: async () => {
        await connected.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
