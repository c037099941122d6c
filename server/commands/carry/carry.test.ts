import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { killPostgres } from '../../../test/factories/kill-postgres.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { startEmbedded } from '../../platform/database/index.ts'
import { backUp, restore } from './backup.ts'
import { copyFiles } from './copy-files.ts'
import { migrationsFolder } from './installation.ts'
import { moveTo } from './move.ts'

vi.mock('./copy-files.ts', { spy: true })

const log = pino({ level: 'silent' })
let folder: string
let source: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'otklik-carry-'))
  await chmod(folder, 0o711)
  source = await createTestDatabase()
  await source.pool.query(
    `insert into platform.setting select 'setting ' || n, jsonb_build_object('text', E'tab\\tline\\nслово "q" \\\\'), now() from generate_series(1, 5000) n`,
  )
  await source.pool.query(`select graphile_worker.add_job('send', '{"n":1}')`)
  await source.pool.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'`)
  await mkdir(path.join(folder, 'files/kept/ab'), { recursive: true })
  await writeFile(path.join(folder, 'files/kept/ab/photo'), 'bytes')
})
afterAll(async () => {
  await source.drop()
  await rm(folder, { recursive: true, force: true })
})

let serial = 0
async function emptyDatabase(): Promise<string> {
  const name = `empty_${process.pid}_${serial++}`
  const template = inject('postgres')
  const client = new pg.Client({ connectionString: template })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return template.replace(/@\/\w+/, `@/${name}`)
}

async function ask(connectionString: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(question)).rows
  } finally {
    await client.end()
  }
}

const DIGEST = `select count(*) as n, md5(string_agg(name || value::text || changed_at, ',' order by name)) as digest from platform.setting`

describe('a backup', () => {
  test('taken while the installation works, restores every row and file', async () => {
    const dir = path.join(folder, 'backup')
    const writing = source.pool.query(
      `insert into platform.rate_limit (key) select 'k' || n from generate_series(1, 20000) n`,
    )
    const carried = await backUp(
      { connectionString: source.connectionString, files: path.join(folder, 'files') },
      dir,
    )
    await writing
    const target = await emptyDatabase()
    const files = path.join(folder, 'restored')
    expect(await restore(dir, { connectionString: target, files }, migrationsFolder)).toMatchObject(carried)
    expect(await ask(target, DIGEST)).toEqual(await ask(source.connectionString, DIGEST))
    expect(await readFile(path.join(files, 'kept/ab/photo'), 'utf8')).toBe('bytes')
    const [limits] = await ask(target, 'select count(*)::int as n from platform.rate_limit')
    expect([0, 20_000]).toContain((limits as { n: number }).n)
  })

  test('gives jobs back to whoever works next, and new ones get new numbers', async () => {
    const target = await emptyDatabase()
    await moveTo(await copyOfSource(), target, migrationsFolder)
    expect(await ask(target, 'select locked_by from graphile_worker._private_jobs')).toEqual([
      { locked_by: null },
    ])
    await ask(target, `select graphile_worker.add_job('send', '{"n":2}')`)
    expect(
      await ask(target, 'select count(distinct id)::int as n from graphile_worker._private_jobs'),
    ).toEqual([{ n: 2 }])
  })

  test('goes only into an empty folder, and only a whole one is restored into an empty place', async () => {
    const dir = path.join(folder, 'second')
    const place = { connectionString: source.connectionString, files: path.join(folder, 'files') }
    await backUp(place, dir)
    await expect(backUp(place, dir)).rejects.toThrow('is not empty')
    await expect(restore(dir, place, migrationsFolder)).rejects.toThrow('already holds files')
    await expect(
      restore(dir, { ...place, files: path.join(folder, 'none') }, migrationsFolder),
    ).rejects.toThrow('is not empty')
    const elsewhere = { connectionString: await emptyDatabase(), files: path.join(folder, 'none') }
    await rm(path.join(dir, 'files'), { recursive: true })
    await expect(restore(dir, elsewhere, migrationsFolder)).rejects.toThrow('no whole backup')
    await rm(path.join(dir, 'manifest.json'))
    await expect(restore(dir, elsewhere, migrationsFolder)).rejects.toThrow('no whole backup')
  })

  test('holds no view of the database open while files are copied, which may take hours', async () => {
    const dir = path.join(folder, 'lean')
    const views = `select count(*)::int as n from pg_stat_activity where application_name = 'otklik snapshot'`
    const seen: unknown[] = []
    vi.mocked(copyFiles).mockImplementationOnce(async () => {
      seen.push(...(await ask(source.connectionString, views)))
      return 0
    })
    await backUp({ connectionString: source.connectionString, files: path.join(folder, 'files') }, dir)
    expect(seen).toEqual([{ n: 0 }])
  })

  test('whose files find no room changes nothing: it is restored as soon as there is some', async () => {
    const dir = path.join(folder, 'no-room')
    await backUp({ connectionString: source.connectionString, files: path.join(folder, 'files') }, dir)
    const connectionString = await emptyDatabase()
    const occupied = path.join(folder, 'occupied')
    await writeFile(occupied, 'a file where a folder should be')
    const place = { connectionString, files: path.join(occupied, 'files') }
    await expect(restore(dir, place, migrationsFolder)).rejects.toThrow()
    const files = path.join(folder, 'room')
    vi.mocked(copyFiles).mockImplementationOnce(async (_, to) => {
      await mkdir(to)
      await writeFile(path.join(to, 'the first'), 'bytes')
      throw new Error('no space left on device')
    })
    await expect(restore(dir, { connectionString, files }, migrationsFolder)).rejects.toThrow('no space')
    expect(await restore(dir, { connectionString, files }, migrationsFolder)).toMatchObject({ files: 1 })
  })

  test('says how many files are missing of those that its rows speak of', async () => {
    const dir = path.join(folder, 'incomplete')
    await source.pool.query(
      `insert into platform.file (id, content_hash, bytes, media_type, key_id, owners, stored_at)
        select gen_random_uuid(), sha256(n::text::bytea), 5, 'text/plain', 'key', 1, now() from generate_series(1, 3) n`,
    )
    await backUp({ connectionString: source.connectionString, files: path.join(folder, 'files') }, dir)
    await source.pool.query('delete from platform.file')
    const place = { connectionString: await emptyDatabase(), files: path.join(folder, 'gaps') }
    expect(await restore(dir, place, migrationsFolder)).toMatchObject({ files: 1, missingFiles: 2 })
  })

  test('cut short loads nothing', async () => {
    const dir = path.join(folder, 'third')
    await backUp({ connectionString: source.connectionString, files: path.join(folder, 'files') }, dir)
    const [first] = (await readdir(path.join(dir, 'rows'))).slice(-1)
    const bytes = await readFile(path.join(dir, 'rows', first!))
    await writeFile(path.join(dir, 'rows', first!), bytes.subarray(0, bytes.length - 4))
    const target = await emptyDatabase()
    const place = { connectionString: target, files: path.join(folder, 'cut') }
    await expect(restore(dir, place, migrationsFolder)).rejects.toThrow()
    expect(await readdir(place.files)).toEqual([])
    expect(
      await ask(target, `select count(*)::int as n from platform.setting where name like 'setting %'`),
    ).toEqual([{ n: 0 }])
  })
})

describe('what waited to be sent', () => {
  const [agent, lane, matter] = [randomUUID(), randomUUID(), randomUUID()]
  const STATES = `select state, count(*)::int as n from timeline.outbound group by state order by state`

  async function aQueue(): Promise<void> {
    await source.pool.query(
      `insert into timeline.conversation (id, contact_point_id, channel, state, lane_id, rank, opened_at, rules_version)
        values ($1, $2, 'max', 'open', $2, 1, now(), 1)`,
      [matter, lane],
    )
    await source.pool.query(
      `insert into timeline.draft values ($1, $2, 'недописано', $3, '{}', false, 4, now())`,
      [agent, matter, lane],
    )
    await source.pool.query(
      `insert into timeline.outbound (id, conversation_id, lane_id, author_kind, author_id, state, seq, body, release_at, created_at, changed_at)
        select gen_random_uuid(), $1, $2, 'agent', $3::uuid, state, n,
          case when state = 'held' then jsonb_build_object('type', 'message', 'text', 'придержано ' || n, 'attachmentIds', jsonb_build_array($3::uuid)) end,
          now() + n * interval '1 second', now(), now()
        from unnest(array['sent', 'queued', 'sending', 'held', 'held']) with ordinality as t(state, n)`,
      [matter, lane, agent],
    )
  }

  test('is unconfirmed in what a backup restores; what could be taken back is a draft again', async () => {
    await aQueue()
    for (const kind of ['send-code', 'tell-elsewhere', 'knock-device'])
      await source.pool.query(`select graphile_worker.add_job($1, '{}')`, [kind])
    const dir = path.join(folder, 'queue')
    await backUp({ connectionString: source.connectionString, files: path.join(folder, 'none') }, dir)
    const target = await emptyDatabase()
    const place = { connectionString: target, files: path.join(folder, 'none') }
    const { unsent } = await restore(dir, place, migrationsFolder)
    expect(unsent).toEqual({ unconfirmed: 2, drafts: 2, notices: 3 })
    const jobs = await ask(target, 'select task_identifier as kind from graphile_worker.jobs')
    expect(jobs).toEqual([{ kind: 'send' }])
    expect(await ask(target, STATES)).toEqual([
      { state: 'cancelled', n: 2 },
      { state: 'sent', n: 1 },
      { state: 'unknown', n: 2 },
    ])
    const retryable = `select distinct reason, retryable from timeline.outbound where state = 'unknown'`
    expect(await ask(target, retryable)).toEqual([{ reason: 'restored', retryable: true }])
    expect(await ask(target, 'select trouble from timeline.conversation')).toEqual([{ trouble: true }])
    const drafts = await ask(target, 'select text, attachment_ids as files, version from timeline.draft')
    expect(drafts).toEqual([
      { text: 'придержано 4\n\nпридержано 5\n\nнедописано', files: [agent, agent], version: 5 },
    ])
  })
})

describe('a move', () => {
  test('is refused while somebody works on the source', async () => {
    const target = await emptyDatabase()
    await source.pool.query('select 1')
    await expect(moveTo(source.connectionString, target, migrationsFolder)).rejects.toThrow('stop it first')
  })
})

test('what was committed before a kill -9 of PostgreSQL is in the backup, and restores on a new machine', async () => {
  const dataDir = path.join(folder, 'killed')
  await mkdir(dataDir, { mode: 0o711 })
  const server = await startEmbedded({ dataDir, log })
  await restoreInto(server.connectionString)
  await ask(server.connectionString, `insert into platform.setting values ('last word', '1', now())`)
  await killPostgres(server)
  const dir = path.join(folder, 'after-kill')
  await backUp({ connectionString: server.connectionString, files: path.join(dataDir, 'files') }, dir)
  await server.stop()
  const target = await emptyDatabase()
  await restore(dir, { connectionString: target, files: path.join(folder, 'none') }, migrationsFolder)
  expect(await ask(target, `select name from platform.setting where name = 'last word'`)).toHaveLength(1)
})

/** A database with the source's data that nobody is connected to. */
async function copyOfSource(): Promise<string> {
  const connectionString = await emptyDatabase()
  await restoreInto(connectionString)
  return connectionString
}

async function restoreInto(connectionString: string): Promise<void> {
  const dir = await mkdtemp(path.join(folder, 'copy-'))
  await backUp({ connectionString: source.connectionString, files: path.join(folder, 'no-files') }, dir)
  await restore(dir, { connectionString, files: path.join(folder, 'none') }, migrationsFolder)
}
