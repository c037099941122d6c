import path from 'node:path'
import pino from 'pino'
import type { Config } from '../../config.ts'
import { startEmbedded } from '../../platform/database/index.ts'
import type { Place } from './backup.ts'

export const migrationsFolder = path.join(import.meta.dirname, '../../migrations')

/** Lends the installation that the settings describe; an embedded database is started if it does not run, and left as it was found. */
export async function withInstallation<T>(config: Config, work: (place: Place) => Promise<T>): Promise<T> {
  const files = path.join(config.dataDir, 'files')
  if (config.databaseUrl !== undefined) return work({ connectionString: config.databaseUrl, files })
  const embedded = await startEmbedded({ dataDir: config.dataDir, log: pino({ level: 'warn' }) })
  try {
    return await work({ connectionString: embedded.connectionString, files })
  } finally {
    await (embedded.adopted ? embedded.release() : embedded.stop())
  }
}

/** Runs a command: says what went wrong in words, and ends with 1 then. */
export function runCommand(command: () => Promise<void>): void {
  command().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
