import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connected, connectPool } from '../../server/platform/database/index.ts'

export interface TestDatabase extends Pick<Connected, 'db' | 'pool'> {
  connectionString: string
  /** Closes the pool and removes the database; connections that others left open are cut. */
  drop(): Promise<void>
}

/** A fresh, migrated database of its own; for a test file's beforeAll, with `drop` in its afterAll. */
export async function createTestDatabase({ max = 10 } = {}): Promise<TestDatabase> {
  const template = inject('postgres')
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer(template, `create database ${name} template ${databaseOf(template)}`)
  const connectionString = withDatabase(template, name)
  const { db, pool, close } = connectPool({ connectionString, max, applicationName: 'test' })
  return {
    db,
    pool,
    connectionString,
    async drop() {
      await close()
      await onServer(template, `drop database if exists ${name} with (force)`)
    },
  }
}

// The template may have no connection while it is copied: statements about databases go through `postgres`.
async function onServer(template: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(template, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const NAME = /(?<=@[^/]*\/)[^?]+/

function databaseOf(connectionString: string): string {
  return NAME.exec(connectionString)?.[0] ?? 'postgres'
}

function withDatabase(connectionString: string, name: string): string {
  return connectionString.replace(NAME, name)
}
