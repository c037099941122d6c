import { readdir } from 'node:fs/promises'
import { runMigrations, Logger as WorkerLogger } from 'graphile-worker'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { connectPool } from './pool.ts'

/** Any number will do; all nodes of an installation must use the same one. */
const LOCK = 4_206_202_611

export interface MigrateOptions {
  /** Folder of `0001-name.sql` files. They only go forward; each runs in a transaction of its own. */
  dir: string
  /** Number of the last migration to run, to load data that was written under an older schema. Default: all. */
  upTo?: number
  /** Told the name of each migration that has run. */
  onApplied?: (name: string) => void
}

/** The database was migrated by a newer build; this one does not know its tables and must not touch them. */
export class NewerSchema extends Error {
  override name = 'NewerSchema'
}

/**
 * Brings the schema up to this build's migrations, the job queue's tables included. Nodes that start together wait for each other.
 * @returns names of the migrations that ran now
 * @throws NewerSchema if the database holds a migration that this build does not know
 */
export async function migrate(
  connectionString: string,
  { dir, upTo, onApplied }: MigrateOptions,
): Promise<string[]> {
  const client = new pg.Client({
    connectionString,
    application_name: 'otklik migrate',
    options: '-c timezone=UTC',
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await refuseNewer(client, await knownMigrations(dir))
    const complaints: string[] = []
    const ran = await runner({
      dbClient: client,
      dir,
      // Only our files: an editor's backup or a README beside them is not a migration.
      ignorePattern: '(?!\\d{4}-.*\\.sql$).*',
      direction: 'up',
      ...(upTo === undefined ? {} : { count: upTo, timestamp: true }),
      migrationsSchema: 'migrations',
      migrationsTable: 'applied',
      createMigrationsSchema: true,
      singleTransaction: false,
      noLock: true,
      logger: { debug: silent, info: silent, warn: silent, error: (text) => complaints.push(text) },
    }).catch((cause) => {
      throw new Error(`A migration failed and was rolled back.\n${complaints.join('\n')}`, { cause })
    })
    for (const { name } of ran) onApplied?.(name)
    await migrateJobs(connectionString)
    return ran.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

// A pool of ours: the library's own one ends without being waited for, and a server that stops meanwhile would end this process.
async function migrateJobs(connectionString: string): Promise<void> {
  const { pool, close } = connectPool({ connectionString, max: 2, applicationName: 'otklik migrate' })
  try {
    await runMigrations({ pgPool: pool, logger: quietWorker })
  } finally {
    await close()
  }
}

async function knownMigrations(dir: string): Promise<string[]> {
  const files = await readdir(dir)
  return files.filter((file) => /^\d{4}-.*\.sql$/.test(file)).map((file) => file.slice(0, -'.sql'.length))
}

async function refuseNewer(client: pg.Client, known: string[]): Promise<void> {
  const table = await client.query<{ present: boolean }>(
    `select to_regclass('migrations.applied') is not null as present`,
  )
  if (!table.rows[0]?.present) return
  const unknown = await client.query<{ name: string }>(
    'select name from migrations.applied where name <> all($1) order by id desc limit 1',
    [known],
  )
  const newest = unknown.rows[0]?.name
  if (newest === undefined) return
  throw new NewerSchema(
    `The database has migration ${newest}, which this version of Otklik does not know: it was used by a newer version. ` +
      'Start that version, or restore a backup made before the upgrade.',
  )
}

const silent = () => undefined
const quietWorker = new WorkerLogger(() => silent)
