import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
import { migrate, startEmbedded } from '../../server/platform/database/index.ts'
import { clearAbandoned, runFolder } from './run-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the template database. */
    postgres: string
  }
}

const migrations = path.resolve(import.meta.dirname, '../../server/migrations')

// Nothing here has to survive a power cut, and waiting for the disk makes the run several times longer. Tests that kill PostgreSQL
// start a server of their own, with its real settings.
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '256MB',
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAbandoned(tmpdir())
  const dataDir = runFolder(tmpdir(), process.pid)
  await mkdir(dataDir, { recursive: true })
  await chmod(dataDir, 0o711)
  const server = await startEmbedded({ dataDir, log: pino({ level: 'silent' }), settings: FAST })
  const hasMigrations = await readdir(migrations).then(
    (files) => files.length > 0,
    () => false,
  )
  if (hasMigrations) await migrate(server.connectionString, { dir: migrations })
  project.provide('postgres', server.connectionString)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
