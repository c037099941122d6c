import type { Readable } from 'node:stream'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { countRows, listMigrations, listSequences, listTables } from './inventory.ts'
import type { Manifest, Table } from './manifest.ts'

/** One unmoving view of a database: whatever is written meanwhile is not in it, and nobody waits for it. */
export interface Snapshot {
  manifest: Manifest
  /** A table's rows as COPY writes them; one at a time. */
  read(table: Table): Readable
  close(): Promise<void>
}

/** @throws if the database has never been used by Otklik */
export async function openSnapshot(connectionString: string): Promise<Snapshot> {
  const client = new pg.Client({
    connectionString,
    application_name: 'otklik snapshot',
    options: '-c timezone=UTC',
  })
  await client.connect()
  try {
    return {
      manifest: await describe(client),
      read: (table) => client.query(to(copyOut(table))),
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

async function describe(client: pg.Client): Promise<Manifest> {
  await client.query('begin isolation level repeatable read read only')
  const migrations = await listMigrations(client)
  if (migrations.length === 0)
    throw new Error('This database has never been used by Otklik: there is nothing to carry.')
  const tables: Table[] = []
  for (const table of await listTables(client))
    tables.push({ ...table, rows: await countRows(client, table.name) })
  return {
    format: 1,
    takenAt: new Date().toISOString(),
    migrations,
    tables,
    sequences: await listSequences(client),
  }
}

function copyOut({ name, columns }: Table): string {
  return `copy (select ${columns.join(', ')} from ${name}) to stdout`
}
