import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { memoryBytes } from '../../machine-memory.ts'
import { databaseProblem } from '../problem.ts'
import type { Binaries } from './binaries.ts'
import type { Owner } from './owner.ts'
import { findPostmaster, isAlive, type Postmaster } from './postmaster.ts'
import { sharedBuffersOf } from './shared-buffers.ts'
import { socketFolder } from './socket-folder.ts'

/** Recovery after a crash may replay some gigabytes of log. */
const LONGEST_START_MS = 120_000
const LARGEST_LOG = 10 * 1024 * 1024

export interface ServerPlace {
  cluster: string
  logFile: string
  binaries: Binaries
  owner: Owner | undefined
  settings: Record<string, string>
}

// Our own log tells failed statements, without their values; PostgreSQL's would hold personal data in details and messages, so it keeps to
// what happens to the server itself (levels above ERROR are LOG, FATAL, PANIC).
const SETTINGS = {
  listen_addresses: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_wal_size: '2GB',
  max_connections: '120',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/**
 * Starts the server, or finds the one that already serves this data folder, and waits until it answers.
 * @throws with the end of the server's log if it does not come up; the signal's reason when nobody waits any more, the server ended
 */
export async function ensureServer(
  place: ServerPlace,
  signal?: AbortSignal,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const deadline = Date.now() + LONGEST_START_MS
  const running = await findPostmaster(place.cluster)
  let child = running === undefined ? await launch(place) : undefined
  while (Date.now() < deadline) {
    if (signal?.aborted) {
      if (child?.pid !== undefined) await stopServer(child.pid)
      signal.throwIfAborted()
    }
    const found = await findPostmaster(place.cluster)
    if (found !== undefined && (await answers(found.socketDir)))
      return { postmaster: found, adopted: child?.pid !== found.pid }
    // Orphans of a killed server may hold its memory for a moment, and another node may be just starting the same one: try again.
    if (found === undefined && (child === undefined || hasEnded(child))) {
      await pause(100)
      if ((await findPostmaster(place.cluster)) === undefined) child = await launch(place)
    }
    await pause(15)
  }
  throw new Error(
    `PostgreSQL did not start within ${LONGEST_START_MS / 1000} s. The end of ${place.logFile}:\n${endOf(place.logFile)}`,
  )
}

/** How a client reaches the server: the superuser of a socket that only its owner (and root) can reach. */
export function connectionStringOf(socketDir: string, database: string): string {
  return `postgresql://postgres@/${database}?host=${encodeURIComponent(socketDir)}`
}

/** Ends the server: rolls open transactions back and writes everything down; after 60 s it is cut short (it recovers at the next start). */
export async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + 60_000
  while (isAlive(pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGQUIT')
    await pause(10)
  }
}

async function launch(place: ServerPlace): Promise<ChildProcess> {
  const settings = {
    ...SETTINGS,
    shared_buffers: sharedBuffersOf(memoryBytes()),
    unix_socket_directories: await socketFolder(place.cluster, place.owner),
    ...place.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(place.logFile, sizeOf(place.logFile) > LARGEST_LOG ? 'w' : 'a', 0o600)
  // Detached: Ctrl-C goes to the whole process group, and the database has to outlive the application's shutdown.
  const child = spawn(place.binaries.postgres, ['-D', place.cluster, ...flags], {
    ...place.owner?.ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.on('error', () => undefined)
  child.unref()
  closeSync(log)
  return child
}

async function answers(socketDir: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: connectionStringOf(socketDir, 'postgres'),
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    if (databaseProblem(error) !== undefined) return false
    throw error
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function endOf(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-12).join('\n')
}
