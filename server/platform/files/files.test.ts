import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { systemClock } from '../clock.ts'
import { inTransaction, rows, sql } from '../database/index.ts'
import { openVault } from '../vault/index.ts'
import { type Files, openLocalFiles } from './index.ts'

const key = randomBytes(32).toString('base64')
let database: TestDatabase
let dataDir: string
let files: Files
beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'files-'))
  files = await openFiles()
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true })
})

const openFiles = async (keys = key, graceMs = 3_600_000) =>
  openLocalFiles({ dataDir, vault: await openVault({ key: keys, dataDir }), clock: systemClock, graceMs })
const put = (content: Buffer) => inTransaction(database.db, (tx) => files.put(tx, content))
const bytesOf = async (id: string, range?: { first: number; last: number }) =>
  Buffer.concat(await (await (await files.read(database.db, id)).stream(range)).toArray())

async function onDisk(): Promise<string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

describe('keeping a file', () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 400_000])(
    '%i bytes come back as they were',
    async (size) => {
      const content = randomBytes(size)
      const { id, bytes } = await put(content)
      expect(bytes).toBe(size)
      expect((await (await files.read(database.db, id)).all()).equals(content)).toBe(true)
    },
  )

  test('any range comes alone', async () => {
    const content = randomBytes(200_000)
    const { id } = await put(content)
    for (const [first, last] of [
      [0, 0],
      [65_535, 65_536],
      [131_072, 199_999],
      [199_999, 199_999],
      [10, 150_000],
    ] as const) {
      expect((await bytesOf(id, { first, last })).equals(content.subarray(first, last + 1))).toBe(true)
    }
  })

  test('nothing of it is readable on disk', async () => {
    await put(Buffer.from('card 4276 1600 1234 5678'))
    for (const file of await onDisk()) expect((await readFile(file)).includes('4276')).toBe(false)
  })

  test('a change on disk is noticed, and so is a cut', async () => {
    const { id } = await put(randomBytes(150_000))
    const where = (await onDisk()).find((file) => file.endsWith(id)) ?? ''
    const whole = await readFile(where)
    const changed = Buffer.from(whole)
    changed[100_000] = (changed[100_000] ?? 0) ^ 1
    await writeFile(where, changed)
    await expect(bytesOf(id)).rejects.toThrow()
    await writeFile(where, whole.subarray(0, 70_000))
    await expect(bytesOf(id)).rejects.toThrow()
  })

  test('a stream beyond its limit is refused and leaves nothing', async () => {
    async function* endless() {
      for (;;) yield randomBytes(50_000)
    }
    const before = await onDisk()
    await expect(files.stage(endless(), { maxBytes: 300_000 })).rejects.toMatchObject({
      code: 'attachment_too_large',
      facts: { maxBytes: 300_000 },
    })
    expect(await onDisk()).toEqual(before)
  })

  test('memory stays bounded for 100 MB', async () => {
    const part = randomBytes(1_000_000)
    async function* large() {
      for (let n = 0; n < 100; n++) yield part
    }
    const before = process.memoryUsage().arrayBuffers
    const staged = await files.stage(large())
    expect(staged.bytes).toBe(100_000_000)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000)
  })
})

describe('owners', () => {
  test('equal contents are kept once and go with the last owner', async () => {
    const content = randomBytes(1000)
    const [one, other] = [await put(content), await put(content)]
    expect(other.id).toBe(one.id)
    await files.release(database.db, one.id)
    await files.sweepUnowned(database.db)
    expect(await bytesOf(one.id)).toEqual(content)
    await files.release(database.db, one.id)
    expect(await files.sweepUnowned(database.db)).toBe(1)
    expect((await onDisk()).some((file) => file.endsWith(one.id))).toBe(false)
    await expect(files.read(database.db, one.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('simultaneous equal contents become one file', async () => {
    const content = randomBytes(1000)
    const kept = await Promise.all(Array.from({ length: 8 }, () => put(content)))
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1)
    const counted = await rows(database.db, sql`select owners from platform.file where id = ${kept[0]!.id}`)
    expect(counted).toEqual([{ owners: 8 }])
  })

  test('what a rolled-back transaction kept is swept after the grace, what it did not is not', async () => {
    const kept = await put(Buffer.from('kept'))
    await inTransaction(database.db, async (tx) => {
      await files.put(tx, Buffer.from('undone'))
      throw new Error('no')
    }).catch(() => undefined)
    const staged = path.join(dataDir, 'files', 'staged')
    const before = (await readdir(staged)).length
    expect(before).toBeGreaterThan(0)
    expect(await files.sweepUnowned(database.db)).toBe(0)
    expect(await (await openFiles(key, -1000)).sweepUnowned(database.db)).toBe(before)
    expect(await readdir(staged)).toEqual([])
    expect(await bytesOf(kept.id)).toEqual(Buffer.from('kept'))
  })
})

describe('rotation', () => {
  const newer = randomBytes(32).toString('base64')

  test('files of an older key are read, and sealed anew without a change of content', async () => {
    const content = randomBytes(100_000)
    const { id } = await put(content)
    const rotating = await openFiles(`${newer},${key}`)
    while ((await rotating.reseal(database.db, 3)) > 0);
    const rotated = await openFiles(newer)
    expect((await (await rotated.read(database.db, id)).all()).equals(content)).toBe(true)
  })

  test('goes on past a file whose bytes are gone, and says which', async () => {
    const [lost, whole] = [await put(randomBytes(10)), await put(randomBytes(30))]
    await rm((await onDisk()).find((file) => file.endsWith(lost.id)) ?? '')
    const vault = await openVault({ key: `${newer},${key}`, dataDir })
    const told: unknown[] = []
    const rotating = await openLocalFiles({
      dataDir,
      vault,
      clock: systemClock,
      onError: (error) => told.push(error),
    })
    while ((await rotating.reseal(database.db, 3)) > 0);
    const others = await rows(database.db, sql`select from platform.file where key_id <> ${vault.keyId}`)
    expect(others).toEqual([])
    expect(String(told)).toContain(lost.id)
    expect(String(told)).not.toContain(whole.id)
  })
})
