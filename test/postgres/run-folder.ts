import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PREFIX = 'otklik-test-'

/** Where the run of this process keeps its database: the number in the name tells whether the run is still alive. */
export function runFolder(parent: string, pid: number): string {
  return path.join(parent, `${PREFIX}${pid}`)
}

/** Stops the servers and removes the folders of runs whose process is gone. */
export async function clearAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => /^otklik-test-\d+$/.test(name))
  for (const name of names) {
    if (isAlive(Number(name.slice(PREFIX.length)))) continue
    const folder = path.join(parent, name)
    await stopLeftover(path.join(folder, 'postgres/postmaster.pid'))
    await rm(folder, { recursive: true, force: true })
  }
}

async function stopLeftover(lockFile: string): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGQUIT')
  while (isAlive(pid)) await pause(20)
}

function isAlive(pid: number): boolean {
  if (!(pid > 1)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
