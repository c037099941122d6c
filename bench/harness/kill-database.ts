import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** A database that is just coming back is waited for: it can only be killed while it runs. */
export async function killDatabase(dataDir: string): Promise<void> {
  for (;;) {
    try {
      const { pid } = await readPostmaster(dataDir)
      process.kill(pid, 'SIGKILL')
      return
    } catch {
      await pause(50)
    }
  }
}

async function readPostmaster(dataDir: string): Promise<{ pid: number; socketDir: string }> {
  const lines = (await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  return { pid: Number(lines[0]), socketDir: lines[4] ?? '' }
}

/** Works on the database of an installation, whoever started it. */
export async function withDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { socketDir } = await readPostmaster(dataDir)
  const client = new pg.Client({ host: socketDir, user: 'postgres', database: 'otklik' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** How to reach the database of an installation that runs on its own. */
export async function connectionStringOf(dataDir: string): Promise<string> {
  const { socketDir } = await readPostmaster(dataDir)
  return `postgres://postgres@/otklik?host=${encodeURIComponent(socketDir)}`
}
