import { sql } from 'kysely'
import pg from 'pg'
import { type Executor, rows } from './query.ts'

/** PostgreSQL refuses a payload of 8000 bytes or more (documentation of NOTIFY). */
const LONGEST_PAYLOAD = 7999

/** Sends a notice to every listener of `channel` when the transaction commits. Notices may get lost: they only wake somebody. */
export async function notify(executor: Executor, channel: string, payload: string): Promise<void> {
  const bytes = Buffer.byteLength(payload)
  if (bytes > LONGEST_PAYLOAD)
    throw new Error(`a notice of ${bytes} bytes is too long: send a key, not the thing`)
  await rows(executor, sql`select pg_notify(${channel}, ${payload})`)
}

export interface ListenOptions {
  /** Called after the connection was lost and is back: notices in between are gone, so look at the tables again. */
  onGap?: () => void
  /** Told of each lost connection. */
  onError?: (error: Error) => void
  /** Shortest and longest pause between attempts; each is drawn at random below a ceiling that doubles. */
  minPauseMs?: number
  maxPauseMs?: number
}

export interface Listener {
  close(): Promise<void>
}

/**
 * Listens on a connection of its own and calls `onPayload` for each notice, in order. Reconnects for ever, with jitter, so that nodes do
 * not come back all at once. Resolves when the first LISTEN has been accepted; rejects if the first connection fails.
 */
export async function listen(
  connectionString: string,
  channel: string,
  onPayload: (payload: string) => void,
  options: ListenOptions = {},
): Promise<Listener> {
  const { minPauseMs = 50, maxPauseMs = 5_000 } = options
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let attempt = 0

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString,
      keepAlive: true,
      application_name: 'otklik notices',
      connectionTimeoutMillis: 5_000,
    })
    fresh.on('error', (error) => lost(fresh, error))
    fresh.on('end', () => lost(fresh, new Error('the connection for notices ended')))
    fresh.on('notification', (notice) => onPayload(notice.payload ?? ''))
    client = fresh
    await fresh.connect()
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
    attempt = 0
  }

  function lost(which: pg.Client, error: Error): void {
    if (closed || which !== client) return
    client = undefined
    which.end().catch(() => undefined)
    options.onError?.(error)
    const ceiling = Math.min(maxPauseMs, minPauseMs * 2 ** attempt++)
    timer = setTimeout(reconnect, minPauseMs + Math.random() * ceiling)
  }

  function reconnect(): void {
    connect().then(
      () => options.onGap?.(),
      (error) => client && lost(client, error),
    )
  }

  await connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
