import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type pino from 'pino'
import { findBinaries } from './binaries.ts'
import { prepareCluster } from './cluster.ts'
import { findOwner } from './owner.ts'
import { isAlive } from './postmaster.ts'
import { connectionStringOf, ensureServer, type ServerPlace, stopServer } from './server-process.ts'

const DATABASE = 'otklik'
const WATCH_EVERY_MS = 200

export interface EmbeddedOptions {
  /** The installation's data folder; the database's files go to `postgres/` in it, its log to `postgres.log`. */
  dataDir: string
  log: Pick<pino.Logger, 'info' | 'warn' | 'error'>
  /** Further server settings, by PostgreSQL's names. */
  settings?: Record<string, string>
  /** Nobody wants it any more: what was begun is ended, and the start rejects. */
  signal?: AbortSignal
}

export interface Embedded {
  /** Stays valid over a restart of the server. */
  connectionString: string
  /** Of the server that runs now: changes when a killed one was started again. */
  readonly pid: number
  /** True if the server was already running (left by a killed node, or serving another process). */
  adopted: boolean
  /** Stops the server in an orderly way. Call it last. */
  stop(): Promise<void>
  /** Leaves the server running and stops watching it: for a command that borrowed a running one. */
  release(): Promise<void>
}

/**
 * Starts PostgreSQL on this machine from the programs in node_modules, as root or not, reachable through a Unix socket only, and starts it
 * again when it dies. A server that still runs on the same data folder is adopted.
 * @throws if it cannot be started (the message says what to do) or is not wanted any more; nothing that was started here runs on then
 */
export async function startEmbedded({
  dataDir,
  log,
  settings = {},
  signal,
}: EmbeddedOptions): Promise<Embedded> {
  const owner = findOwner()
  const binaries = await findBinaries(owner)
  const folder = path.resolve(dataDir)
  const cluster = await prepareCluster(folder, binaries, owner)
  signal?.throwIfAborted()
  const place: ServerPlace = {
    cluster,
    logFile: path.join(folder, 'postgres.log'),
    binaries,
    owner,
    settings,
  }

  const { postmaster, adopted } = await ensureServer(place, signal)
  let { pid } = postmaster
  log.info(
    { pid, adopted, folder: cluster, user: owner?.name },
    adopted ? 'PostgreSQL was running: adopted' : 'PostgreSQL started',
  )
  try {
    await ensureDatabase(connectionStringOf(postmaster.socketDir, 'postgres'))
    signal?.throwIfAborted()
  } catch (error) {
    if (!adopted) await stopServer(pid)
    throw error
  }

  const watching = new AbortController()
  const watched = watch()

  async function watch(): Promise<void> {
    while (!watching.signal.aborted) {
      await pause(WATCH_EVERY_MS, undefined, { ref: false, signal: watching.signal }).catch(() => undefined)
      if (watching.signal.aborted || isAlive(pid)) continue
      log.error({ pid }, 'PostgreSQL died: starting it again')
      try {
        pid = (await ensureServer(place)).postmaster.pid
        log.warn({ pid }, 'PostgreSQL is back')
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL does not start')
        await pause(5_000, undefined, { ref: false, signal: watching.signal }).catch(() => undefined)
      }
    }
  }

  async function release(): Promise<void> {
    watching.abort()
    await watched
  }

  return {
    connectionString: connectionStringOf(postmaster.socketDir, DATABASE),
    get pid() {
      return pid
    },
    adopted,
    release,
    async stop() {
      await release()
      await stopServer(pid)
      log.info({ pid }, 'PostgreSQL stopped')
    },
  }
}

async function ensureDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
