import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { rows, sql } from '../database/index.ts'
import { addJob, createJobs, defineJob } from './index.ts'
import { watchSilence } from './silence.ts'

const MINUTE = { timeout: 60_000 }
const job = (name: string) => defineJob(name, z.looseObject({}))

let database: TestDatabase
const running: Node[] = []
afterEach(async () => {
  for (const node of running.splice(0)) await kill(node)
  await database.drop()
})

interface Node {
  readonly child: ChildProcess
  said(): string
}

/** A process that takes jobs, says so, and never ends those that it is to hang on. */
async function aNode(jobs: { hangs?: readonly string[]; finishes?: readonly string[] }): Promise<Node> {
  const { hangs = [], finishes = [] } = jobs
  const face = (file: string) => JSON.stringify(path.join(import.meta.dirname, file))
  const program = `
    const { createJobs } = await import(${face('./index.ts')})
    const { createLog } = await import(${face('../telemetry/index.ts')})
    const hangs = ${JSON.stringify(hangs)}
    const workerOf = (name) => ({
      name,
      run: async () => {
        console.log('took ' + name)
        if (hangs.includes(name)) await new Promise(() => {})
      },
    })
    const jobs = createJobs({
      connectionString: ${JSON.stringify(database.connectionString)},
      log: createLog({ level: 'info' }),
      workers: ${JSON.stringify([...hangs, ...finishes])}.map(workerOf),
      pollMs: 50,
      beatMs: 200,
    })
    await jobs.start()
    console.log('works')`
  let said = ''
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.on('data', (words) => (said += String(words)))
  const node = { child, said: () => said }
  running.push(node)
  await vi.waitUntil(() => said.includes('works'), MINUTE)
  return node
}

async function kill({ child }: Node): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const nodes = () => rows(database.db, sql<{ id: string }>`select id from platform.job_node`)

test('what a killed node had in hand a living one takes up, and nothing of one that lives', async () => {
  database = await createTestDatabase()
  const killed = await aNode({ hangs: ['slow', 'in turn'] })
  const busy = await aNode({ hangs: ['busy'] })
  await addJob(database.db, job('slow'), {})
  await addJob(database.db, job('in turn'), {}, { queue: 'turns' })
  await addJob(database.db, job('in turn'), {}, { queue: 'turns' })
  await addJob(database.db, job('busy'), {})
  await vi.waitUntil(() => /took slow/.test(killed.said()) && /took in turn/.test(killed.said()), MINUTE)
  await vi.waitUntil(() => busy.said().includes('took busy'), MINUTE)
  const other = await aNode({ finishes: ['slow', 'in turn', 'busy'] })
  expect(await nodes()).toHaveLength(3)
  await kill(killed)
  await vi.waitUntil(() => other.said().match(/took (slow|in turn)/g)?.length === 3, MINUTE)
  expect(await nodes()).toHaveLength(2)
  expect(other.said()).not.toContain('took busy')
  expect(busy.said() + other.said()).toContain('jobs of a node that died were freed')
  await kill(busy)
  await vi.waitUntil(() => other.said().includes('took busy'), MINUTE)
})

test('a node that ends in order leaves no trace, and one that was taken for dead says so and goes on', async () => {
  database = await createTestDatabase()
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const { createLog } = await import('../telemetry/index.ts')
  const log = createLog({ level: 'info', destination: { write } })
  const jobs = createJobs({
    connectionString: database.connectionString,
    log,
    workers: [],
    beatMs: 20,
  })
  await jobs.start()
  const [first] = await nodes()
  await rows(database.db, sql`delete from platform.job_node`)
  await vi.waitUntil(async () => (await nodes()).length === 1)
  expect(await nodes()).toEqual([first])
  await vi.waitUntil(() => lines.some((line) => line.includes('taken for dead')))
  await jobs.stop()
  expect(await nodes()).toEqual([])
})

test('silent is who was found with the same beat six looks after the first, all of them in a row', () => {
  const silence = watchSilence(6)
  const look = (beats: number) => silence.look([{ id: 'slow', beats }])
  for (let n = 0; n < 6; n++) expect(look(1)).toEqual([])
  // It was late, and nothing else.
  for (let n = 0; n < 6; n++) expect(look(2)).toEqual([])
  // The database was away: nobody could tell it anything.
  silence.forget()
  for (let n = 0; n < 6; n++) expect(look(2)).toEqual([])
  expect(look(2)).toEqual([{ id: 'slow', beats: 2 }])
  expect(silence.look([])).toEqual([])
  expect(look(2)).toEqual([])
})
