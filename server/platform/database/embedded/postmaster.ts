import { spawnSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'

/** A PostgreSQL server that runs on a data folder, as its own lock file tells. */
export interface Postmaster {
  pid: number
  socketDir: string
}

/**
 * Who serves this data folder now? A killed node leaves its PostgreSQL alive, and that one is to be adopted. A lock file whose process is
 * gone is left to PostgreSQL, which first makes sure that no orphan of that server still writes; one whose number another program
 * got meanwhile is removed, because PostgreSQL would refuse to start over it.
 * Lines of postmaster.pid (documentation, "Database File Layout"): pid, data folder, start time, port, socket folder, …
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const file = path.join(cluster, 'postmaster.pid')
  const lines = await readFile(file, 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  )
  if (lines === undefined) return undefined
  const pid = Number(lines[0])
  const socketDir = lines[4]
  if (!isAlive(pid)) return undefined
  if (!isPostgres(pid)) {
    await rm(file, { force: true })
    return undefined
  }
  // The lines come one by one while the server starts.
  return socketDir ? { pid, socketDir } : undefined
}

/** Does a process of this number run, ours or not? */
export function isAlive(pid: number): boolean {
  if (!(pid > 1)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isPostgres(pid: number): boolean {
  const answer = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
  // Slim containers have no ps: then believe the lock file.
  return answer.error !== undefined || answer.stdout.includes('postgres')
}
