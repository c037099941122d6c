import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram, until } from '../factories/program.ts'

const LONG_MS = 240_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-start-'))
  await chmod(folder, 0o711)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = (dataDir: string) => startProgram({ OTKLIK_DATA: dataDir, OTKLIK_DEMO: 'off' })

/** Processes of PostgreSQL on this data folder. */
async function databasesOn(dataDir: string): Promise<string[]> {
  const found = spawn('ps', ['-eo', 'args'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  found.stdout.on('data', (words) => (said += String(words)))
  await once(found, 'close')
  return said.split('\n').filter((line) => line.includes(dataDir) && /postgres|initdb/.test(line))
}

test(
  'a first start that is interrupted anywhere leaves nothing running, and the next one works',
  async () => {
    const dataDir = path.join(folder, 'data')
    const moments: ((started: Program) => boolean)[] = [
      // The database is just being set up.
      () => existsSync(path.join(dataDir, 'postgres.new')),
      // It is there and starts.
      () => existsSync(path.join(dataDir, 'postgres/postmaster.pid')),
      // It runs, and the tables are being made.
      ({ said }) => said().includes('migrated'),
    ]
    for (const [index, moment] of moments.entries()) {
      const started = await start(dataDir)
      await until(() => moment(started), started)
      started.interrupt()
      expect(await started.exitCode(), `moment ${index}: ${started.said()}`).toBe(0)
      expect(started.said()).not.toContain('Otklik: http')
      expect(await databasesOn(dataDir)).toEqual([])
    }
    const started = await start(dataDir)
    await until(() => started.said().includes('Otklik: http'), started)
    await until(() => started.said().includes('npm run create-admin'), started)
    started.child.kill('SIGTERM')
    expect(await started.exitCode()).toBe(0)
    expect(await databasesOn(dataDir)).toEqual([])
  },
  LONG_MS,
)

test(
  'a start that fails ends what it had begun, says why, and exits with 1',
  async () => {
    const dataDir = path.join(folder, 'taken')
    const first = await start(path.join(folder, 'other'))
    await until(() => first.said().includes('Otklik: http'), first)
    const port = /Otklik: http:\/\/127\.0\.0\.1:(\d+)/.exec(first.said())?.[1] ?? ''
    const second = await startProgram({ OTKLIK_DATA: dataDir, OTKLIK_DEMO: 'off', PORT: port })
    expect(await second.exitCode()).toBe(1)
    expect(second.said()).toContain('EADDRINUSE')
    expect(await databasesOn(dataDir)).toEqual([])
    first.child.kill('SIGTERM')
    expect(await first.exitCode()).toBe(0)
    await expect(readFile(path.join(dataDir, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT')
  },
  LONG_MS,
)
