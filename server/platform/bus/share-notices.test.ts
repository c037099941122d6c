import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { notify } from '../database/index.ts'
import { createBus, shareNotices } from './index.ts'

interface Word {
  readonly word: string
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** A node of an installation, and what it has heard. */
async function aNode() {
  const told: unknown[] = []
  const bus = createBus<Word>((error) => told.push(error))
  const heard: string[] = []
  bus.subscribe(({ word }) => heard.push(word))
  const { db, connectionString } = database
  const shared = await shareNotices<Word>({
    db,
    connectionString,
    bus,
    outward: (notice) => [notice],
    inward: (value) => value as Word,
    onGap: () => undefined,
    onError: (error) => told.push(error),
  })
  return { bus, heard, told, close: shared.close }
}

test('nodes hear each other; what nobody can make anything of is told, and ends no node', async () => {
  const [one, other] = [await aNode(), await aNode()]
  await notify(database.db, 'otklik_notices', 'written by hand')
  one.bus.publish({ word: 'привет' })
  await expect.poll(() => other.heard).toEqual(['привет'])
  expect(one.heard).toEqual(['привет'])
  expect(String(other.told)).toContain('JSON')
  await Promise.all([one.close(), other.close()])
})
