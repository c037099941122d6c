import { readdir } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { migrate } from '../../platform/database/index.ts'
import { countRows } from './inventory.ts'
import type { Manifest, Table } from './manifest.ts'

export interface LoadOptions {
  /** Folder of this build's migrations. */
  migrations: string
  read: (table: Table, index: number) => Readable
  /** What else is to be there first, once it is sure that the target holds nothing; the schema is not yet made. */
  prepare?: () => Promise<void>
  /** What else is to be done to the rows before they are committed. */
  settle?: (client: pg.Client) => Promise<void>
}

/**
 * Fills an empty database: the schema as it was when the data was written, the rows in one transaction, counted, and then what
 * migrations came since.
 * @throws if the target holds anything, the data is of a newer version, or a count differs; the target then holds no rows
 */
export async function loadInto(
  connectionString: string,
  manifest: Manifest,
  { migrations, read, prepare, settle }: LoadOptions,
): Promise<void> {
  await refuseUnknown(manifest, migrations)
  const client = new pg.Client({
    connectionString,
    application_name: 'otklik load',
    options: '-c timezone=UTC',
  })
  await client.connect()
  try {
    await refuseUsed(client)
    await prepare?.()
    await migrate(connectionString, { dir: migrations, upTo: lastMigration(manifest) })
    await client.query('begin')
    await emptyTables(client, manifest.tables)
    for (const [index, table] of manifest.tables.entries())
      await loadTable(client, table, () => read(table, index))
    for (const { name, value, called } of manifest.sequences)
      await client.query('select setval($1, $2, $3)', [name, value, called])
    await freeJobs(client)
    await settle?.(client)
    await client.query('commit')
  } finally {
    await client.end()
  }
  await migrate(connectionString, { dir: migrations })
}

function lastMigration({ migrations }: Manifest): number {
  return Number(migrations.at(-1)?.split('-')[0])
}

async function refuseUnknown(manifest: Manifest, dir: string): Promise<void> {
  const known = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort()
  const strange = manifest.migrations.find((name, index) => known[index] !== `${name}.sql`)
  if (strange === undefined) return
  throw new Error(
    `The data was written by a version with migration ${strange}, which this one does not know. Use that version or a newer one.`,
  )
}

async function refuseUsed(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^pg_' and schemaname <> 'information_schema' limit 1`,
  )
  const used = rows[0]?.name
  if (used !== undefined)
    throw new Error(
      `The target database is not empty (it has ${used}): nothing was changed. Give a new, empty one.`,
    )
}

// Migrations bring rows of their own, which the data holds too, perhaps changed.
async function emptyTables(client: pg.Client, tables: Table[]): Promise<void> {
  await client.query(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`)
}

async function loadTable(
  client: pg.Client,
  { name, columns, rows }: Table,
  open: () => Readable,
): Promise<void> {
  // What a trigger would do to a row has been done when it was first written. (Foreign keys are still checked.)
  await client.query(`alter table ${name} disable trigger user`)
  await pipeline(open(), client.query(from(`copy ${name} (${columns.join(', ')}) from stdin`)))
  await client.query(`alter table ${name} enable trigger user`)
  const loaded = await countRows(client, name)
  if (loaded !== rows)
    throw new Error(`${name} should have ${rows} rows and has ${loaded}: nothing was changed.`)
}

// Jobs that were being done when the snapshot was taken: their worker is not here, and its locks would hold them for hours.
async function freeJobs(client: pg.Client): Promise<void> {
  await client.query(
    'update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
  )
  await client.query(
    'update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
  )
}
