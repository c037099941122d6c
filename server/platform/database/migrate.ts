import { readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { runMigrations, Logger as WorkerLogger } from 'graphile-worker'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { connectPool } from './pool.ts'

/** Any number will do; all nodes of an installation must use the same one. */
const LOCK = 4_206_202_611

/** Whoever comes after a migration that waits for a table waits behind it: no longer than this. */
const LOCK_TIMEOUT_MS = 1_000
/** Then those who stood behind it are let through, for so long and up to twice as long. */
const LET_THROUGH_MS = 1_000
const PATIENCE_MS = 10 * 60_000

export interface MigrateOptions {
  /** Folder of `0001-name.sql` files. They only go forward; each runs in a transaction of its own. */
  dir: string
  /** Number of the last migration to run, to load data that was written under an older schema. Default: all. */
  upTo?: number
  /** Told each time that a table is in use and the migration steps aside. */
  onBusy?: () => void
}

/** The database was migrated by a newer build; this one does not know its tables and must not touch them. */
export class NewerSchema extends Error {
  override name = 'NewerSchema'
}

/**
 * Brings the schema up to this build's migrations, the job queue's tables included. Nodes that start together wait for each other. Where another
 * node still works on a table that a migration needs for itself, it waits for ten minutes in all, a moment at a time, so that the other one's users
 * do not stand behind it.
 * @returns names of the migrations that ran now
 * @throws NewerSchema if the database holds a migration that this build does not know
 */
export async function migrate(
  connectionString: string,
  { dir, upTo, onBusy }: MigrateOptions,
): Promise<string[]> {
  const client = new pg.Client({
    connectionString,
    application_name: 'otklik migrate',
    options: '-c timezone=UTC',
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`)
    const before = await appliedMigrations(client)
    refuseNewer(before, await knownMigrations(dir))
    await runPatiently(() => runMigrationFiles(client, dir, upTo), onBusy)
    const ran = (await appliedMigrations(client)).slice(before.length)
    await migrateJobs(connectionString)
    return ran
  } finally {
    await client.end()
  }
}

/** @throws what failed, with what the library said of it */
async function runMigrationFiles(client: pg.Client, dir: string, upTo: number | undefined): Promise<void> {
  const complaints: string[] = []
  await runner({
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
  }).catch(async (cause) => {
    // The library leaves its transaction open. One whose connection is lost has ended by itself.
    await client.query('rollback').catch(() => undefined)
    throw new Error(`A migration failed and was rolled back.\n${complaints.join('\n')}`, { cause })
  })
}

/** Those that have run stay; the one that could not have its table is begun again. */
async function runPatiently(run: () => Promise<void>, onBusy: (() => void) | undefined): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error
      onBusy?.()
      await pause(LET_THROUGH_MS * (1 + Math.random()))
    }
  }
}

/** No lock within the time (55P03), or two that waited for each other (40P01). */
const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof pg.DatabaseError &&
  ['55P03', '40P01'].includes(error.cause.code ?? '')

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

/** In the order in which they ran. */
async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const table = await client.query<{ present: boolean }>(
    `select to_regclass('migrations.applied') is not null as present`,
  )
  if (!table.rows[0]?.present) return []
  const applied = await client.query<{ name: string }>('select name from migrations.applied order by id')
  return applied.rows.map(({ name }) => name)
}

function refuseNewer(applied: readonly string[], known: readonly string[]): void {
  const newest = applied.findLast((name) => !known.includes(name))
  if (newest === undefined) return
  throw new NewerSchema(
    `The database has migration ${newest}, which this version of Otklik does not know: it was used by a newer version. ` +
      'Start that version, or restore a backup made before the upgrade.',
  )
}

const silent = () => undefined
const quietWorker = new WorkerLogger(() => silent)
