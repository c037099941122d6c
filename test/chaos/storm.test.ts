import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ABREAST, runStorm } from '../../bench/harness/storm.ts'

const ends: (() => Promise<unknown>)[] = []
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-storm-'))
  // PostgreSQL may have to run as somebody else.
  await chmod(folder, 0o711)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await rm(folder, { recursive: true, force: true })
})

test('whatever is killed in a storm, every message is on its timeline once, in order, and leaves at most once', {
  timeout: 240_000,
}, async () => {
  const storm = { chats: 30, inbound: 12, outbound: 8, kills: 4, calmMs: [500, 2_000] as const }
  const result = await runStorm({ ...storm, folder, say: () => undefined, atEnd: (end) => ends.push(end) })
  expect(result.examples).toEqual([])
  expect(result).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0, sent: 30 * 21, stored: 30 * 21 })
  expect(result.unknown).toBeLessThanOrEqual(storm.kills * ABREAST)
})
