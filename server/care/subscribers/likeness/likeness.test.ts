import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSubscribersRoom, type SubscribersRoom } from '../../../../test/factories/subscribers.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { linkContactPoints, suggestFor } from '../index.ts'
import { dismissSuggestion } from './dismiss.ts'
import { nameKey } from './name-key.ts'

let database: TestDatabase
let room: SubscribersRoom
const by = { kind: 'system', name: 'test' } as const
beforeAll(async () => {
  database = await createTestDatabase()
  room = aSubscribersRoom(database, () => {
    throw new Error('nobody is refused here')
  })
})
afterAll(() => database.drop())

const suggest = (...ids: string[]) =>
  inTransaction(database.db, (tx) => suggestFor(tx, room.subscribers, ids))

interface Suggestion {
  id: string
  others: string[]
  likeness: string[]
  score: number
}
const suggestionsOf = (id: string) =>
  rows(
    database.db,
    sql<Suggestion>`
      select id, array[contact_point_id, other_contact_point_id] as others, likeness, score::float as score
      from subscribers.suggestion where (contact_point_id = ${id} or other_contact_point_id = ${id}) and state = 'open'`,
  )

describe('likeness', () => {
  test('of the same user at two doors of one kind is strong, with the name stronger', async () => {
    const user = randomUUID()
    const a = await room.aPoint({ externalId: user, displayName: 'Пётр Иванов' })
    const b = await room.aPoint({ externalId: user, displayName: 'ИВАНОВ Петр' })
    expect(await suggest(a, b)).toBe(1)
    const [found] = await suggestionsOf(a)
    expect(found).toMatchObject({ likeness: ['same-address', 'same-name'], score: expect.closeTo(0.86, 5) })
    expect(found?.others).toContain(b)
  })

  test('of usernames crosses channels', async () => {
    const username = `anna${randomUUID().slice(0, 8)}`
    await room.aPoint({ username })
    const b = await room.aPoint({ channel: 'max', username: username.toUpperCase() })
    expect(await suggest(b)).toBe(1)
  })

  test('of a full name alone is weak, of a single word or of everybody’s name none', async () => {
    const pointsNamed = async (displayName: string, count: number) => {
      const ids = []
      for (let made = 0; made < count; made++) ids.push(await room.aPoint({ displayName }))
      return ids
    }
    const rare = await pointsNamed('Аристарх Небывалый', 2)
    expect(await suggest(...rare)).toBe(1)
    expect((await suggestionsOf(rare[0]!))[0]?.score).toBeCloseTo(0.3)
    expect(await suggest(...(await pointsNamed('Аноним', 2)))).toBe(0)
    expect(await suggest(...(await pointsNamed('Иван Иванов', 6)))).toBe(0)
  })

  test('that was dismissed never comes back', async () => {
    const user = randomUUID()
    const a = await room.aPoint({ externalId: user })
    const b = await room.aPoint({ externalId: user })
    await suggest(a)
    const [found] = await suggestionsOf(a)
    await dismissSuggestion(database.db, room.subscribers, { id: found!.id, by })
    expect(await suggest(a, b)).toBe(0)
    expect(await suggestionsOf(a)).toEqual([])
    await expect(
      dismissSuggestion(database.db, room.subscribers, { id: randomUUID(), by }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is settled when the two are linked, and not suggested within one person', async () => {
    const user = randomUUID()
    const a = await room.aPoint({ externalId: user })
    const b = await room.aPoint({ externalId: user })
    await suggest(a)
    const by = { kind: 'system', name: 'test' } as const
    const pair = { contactPointId: a, toContactPointId: b, by, reason: 'test' }
    await inTransaction(database.db, (tx) => linkContactPoints(tx, room.subscribers, pair))
    expect(await suggestionsOf(a)).toEqual([])
    expect(await suggest(a, b)).toBe(0)
  })
})

describe('a name as it is compared', () => {
  test.each([
    ['Пётр Иванов', 'иванов петр'],
    ['  ИВАНОВ,  Петр! ', 'иванов петр'],
    ['Anna 🌷', 'anna'],
    ['12345', null],
    ['', null],
    [undefined, null],
  ])('%s is %s', (name, key) => {
    expect(nameKey(name)).toBe(key)
  })
})
