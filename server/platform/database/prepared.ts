import { createHash } from 'node:crypto'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { Statement } from './statement.ts'

const names = new Map<string, string>()

/** One name for one text, the same on every connection: PostgreSQL parses and plans each statement once a connection. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `q${createHash('sha1').update(text).digest('base64url')}`
  names.set(text, name)
  return name
}

/** As kysely says it. */
const BEGIN = 'begin'

/**
 * A transaction begins in the trip of its first statement: its answer says nothing that anybody waits for. Should it not begin (an administrator
 * cancels just that statement), the connection ends at once: what follows must fail, and not be done by itself.
 */
async function beginWithWhatFollows<R>(client: pg.PoolClient): Promise<PostgresQueryResult<R>> {
  client.query(BEGIN).catch((error: Error) => client.connection.stream.destroy(error))
  return { command: 'SELECT', rowCount: 0, rows: [] }
}

async function run<R>(
  client: pg.PoolClient,
  types: pg.CustomTypesConfig,
  text: string,
  values: readonly unknown[],
): Promise<PostgresQueryResult<R>> {
  try {
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      client.query(new Statement({ name: nameOf(text), text, values }, types, { resolve, reject }))
    })
    return { command: 'SELECT', rowCount: rows.length, rows: rows as R[] }
  } catch (error) {
    // From where it was sent, rather than from the socket.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

function preparing(client: pg.PoolClient, types: pg.CustomTypesConfig): PostgresPoolClient {
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('cursors are not used here: page by key instead')
    // Statements that are sent in one turn leave in one write: waking PostgreSQL costs more than a small statement does.
    const { stream } = client.connection
    stream.cork()
    process.nextTick(() => stream.uncork())
    if (text === BEGIN) return beginWithWhatFollows(client)
    if (values.length === 0) return client.query(text)
    return run(client, types, text, values)
  }
  return { query, release: () => client.release() }
}

/**
 * The pool as kysely sees it: every statement with parameters is sent as a named one (kysely by itself never prepares, which
 * costs a third of the speed). Texts must come from a bounded set: `= any($1)`, never a list of placeholders that grows.
 */
export function preparingPool(pool: pg.Pool, types: pg.CustomTypesConfig): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? preparing(client, types)
      wrapped.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}
