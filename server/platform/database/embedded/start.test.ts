import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killPostgres } from '../../../../test/factories/kill-postgres.ts'
import { startEmbedded } from '../index.ts'
import { findBinaries, installedBinaries } from './binaries.ts'
import { canEnter, findOwner } from './owner.ts'
import { socketFolder } from './socket-folder.ts'

const log = pino({ level: 'silent' })
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'otklik-embedded-'))
  await chmod(folder, 0o711)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function ask(connectionString: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(question)).rows
  } finally {
    await client.end()
  }
}

test('a killed server comes back with everything that was committed', async () => {
  const server = await startEmbedded({ dataDir: path.join(folder, 'killed'), log })
  await ask(server.connectionString, 'create table kept as select 7 as n')
  await killPostgres(server)
  expect(await ask(server.connectionString, 'select n from kept')).toEqual([{ n: 7 }])
  await server.stop()
})

test('a server that outlived a kill -9 of its node is adopted by the next one', async () => {
  const dataDir = path.join(folder, 'outlived')
  const face = path.join(import.meta.dirname, '../index.ts')
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(face)})
    const log = { info() {}, warn() {}, error() {} }
    const { pid } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const node = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(node.stdout, 'data')
  node.kill('SIGKILL')
  await once(node, 'exit')
  const server = await startEmbedded({ dataDir, log })
  expect(server.adopted).toBe(true)
  expect(server.pid).toBe(Number(String(line)))
  await server.stop()
  await expect(ask(server.connectionString, 'select 1')).rejects.toThrow()
})

test('a lock file whose number belongs to another program does not hinder the start', async () => {
  const dataDir = path.join(folder, 'stale')
  const first = await startEmbedded({ dataDir, log })
  await first.stop()
  await writeFile(
    path.join(dataDir, 'postgres/postmaster.pid'),
    `${process.pid}\n${dataDir}/postgres\n0\n5432\n/nowhere\n`,
  )
  const second = await startEmbedded({ dataDir, log })
  expect(second.adopted).toBe(false)
  await second.stop()
})

test('programs that lie where PostgreSQL’s user may not go are copied to where it may, once', async () => {
  const owner = findOwner()
  const closed = path.join(folder, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const there = path.dirname(
    path.dirname(path.dirname((await installedBinaries(`${process.platform}-${process.arch}`)).postgres)),
  )
  await cp(there, path.join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
  const bin = path.join(closed, 'package/native/bin')
  const from = { postgres: path.join(bin, 'postgres'), initdb: path.join(bin, 'initdb') }
  const cache = path.join(folder, 'cache')
  const found = await findBinaries(owner, from, cache)
  expect(canEnter(path.dirname(found.postgres), owner)).toBe(true)
  // Who is not root runs them where they are.
  if (owner) expect(found.postgres.startsWith(`${cache}/postgresql-`)).toBe(true)
  else expect(found).toEqual(from)
  expect(await findBinaries(owner, from, cache)).toEqual(found)
})

test.runIf(process.getuid?.() === 0)(
  'root, in a folder that only root may enter, keeps the data elsewhere and links to it',
  async () => {
    const home = path.join(folder, 'home')
    await mkdir(home, { mode: 0o700 })
    const server = await startEmbedded({ dataDir: path.join(home, 'otklik'), log })
    const [row] = await ask(server.connectionString, `select current_setting('data_directory') as place`)
    const { place } = row as { place: string }
    expect(place).toMatch(/^\/var\/lib\/otklik\//)
    await server.stop()
    await rm(path.dirname(place), { recursive: true })
  },
)

test('a data folder too deep for a socket has it in a short private one', async () => {
  const deep = path.join(folder, 'd'.repeat(100))
  await mkdir(deep)
  const short = await socketFolder(deep, findOwner())
  expect(Buffer.byteLength(path.join(short, '.s.PGSQL.5432'))).toBeLessThan(104)
  expect(await socketFolder(deep, findOwner())).toBe(short)
  await rm(short, { recursive: true })
})

test('a machine without a build is told which there are and what to do', async () => {
  await expect(installedBinaries('sunos-x64')).rejects.toThrow(/linux-x64, .*Set DATABASE_URL/)
  await expect(installedBinaries('win32-x64')).rejects.toThrow(/not run on Windows.*WSL/)
  await expect(
    installedBinaries(process.platform === 'darwin' ? 'linux-arm64' : 'darwin-arm64'),
  ).rejects.toThrow('npm ci')
})
