import pg from 'pg'
import { loadInto } from './load.ts'
import { openSnapshot } from './snapshot.ts'

/**
 * Carries all rows from one database straight into another, empty one.
 * @throws if the source is in use (what came in during the move would stay behind) or the target holds anything
 */
export async function moveTo(
  source: string,
  target: string,
  migrations: string,
): Promise<{ tables: number; rows: number }> {
  await refuseInUse(source)
  const { manifest, read, close } = await openSnapshot(source)
  try {
    await loadInto(target, manifest, { migrations, read })
  } finally {
    await close()
  }
  return { tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) }
}

async function refuseInUse(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'otklik move' })
  await client.connect()
  try {
    const others = await client.query(
      `select from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    if (others.rowCount !== 0)
      throw new Error(
        'Otklik is running on this database: stop it first, so that nothing comes in during the move.',
      )
  } finally {
    await client.end()
  }
}
