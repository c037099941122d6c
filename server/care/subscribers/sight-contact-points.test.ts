import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { one, rows, sql } from '../../platform/database/index.ts'
import { describeContactPoints, forgetSightings, type Sighting, sightContactPoints } from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const account = randomUUID()
const aSighting = (more: Partial<Sighting> = {}): Sighting => {
  const externalId = more.externalId ?? randomUUID()
  return { channelAccountId: account, channel: 'telegram', externalId, address: externalId, ...more }
}
const sight = (...sightings: Sighting[]) => sightContactPoints(database.db, clock, sightings)

describe('sighting contact points', () => {
  test('gives one contact point a person, in the order asked', async () => {
    const [anna, boris] = [aSighting(), aSighting()]
    const ids = await sight(anna, boris, anna)
    expect(ids[0]).toBe(ids[2])
    expect(ids[0]).not.toBe(ids[1])
    expect(await sight(boris, anna)).toEqual([ids[1], ids[0]])
  })

  test('makes one contact point of a new person whom many calls see at once', async () => {
    const people = Array.from({ length: 20 }, () => aSighting())
    const calls = await Promise.all(
      Array.from({ length: 8 }, (_, call) => sight(...(call % 2 ? people : [...people].reverse()))),
    )
    const inOrder = calls.map((ids, call) => (call % 2 ? ids : [...ids].reverse()))
    for (const ids of inOrder) expect(ids).toEqual(inOrder[0])
    const { points } = await one(
      database.db,
      sql<{ points: number }>`
        select count(*) as points from subscribers.contact_point
        where address = any(${people.map((person) => person.address)}::text[])`,
    )
    expect(points).toBe(people.length)
  })

  test('knows a person by an alias, also when two calls know each other’s name of them', async () => {
    const [first] = await sight(aSighting({ externalId: 'wa-1', aliases: ['79001112233'] }))
    forgetSightings([first!])
    expect(await sight(aSighting({ externalId: '79001112233' }))).toEqual([first])
    const crossed = await Promise.all([
      sight(aSighting({ externalId: 'x', aliases: ['y'] })),
      sight(aSighting({ externalId: 'y', aliases: ['x'] })),
    ])
    expect(crossed[0]).toEqual(crossed[1])
  })

  test('never moves an alias to another contact point', async () => {
    const [owner, other] = await sight(
      aSighting({ externalId: 'own', aliases: ['shared'] }),
      aSighting({ externalId: 'other' }),
    )
    expect(await sight(aSighting({ externalId: 'other', aliases: ['shared'] }))).toEqual([other])
    expect(await sight(aSighting({ externalId: 'shared' }))).toEqual([owner])
  })

  test('costs no SQL once the person is remembered', async () => {
    const person = aSighting({ displayName: 'Анна' })
    const [id] = await sight(person)
    const away = new Proxy(database.db, {
      get: () => {
        throw new Error('the database was asked')
      },
    })
    expect(await sightContactPoints(away, clock, [person, { ...person }])).toEqual([id, id])
  })

  test('refreshes names only when they changed, and keeps what a sighting leaves out', async () => {
    const person = aSighting({ displayName: 'Анна', username: 'anna' })
    const [id] = await sight(person)
    const { username: _, ...unnamed } = person
    await sight({ ...unnamed, displayName: 'Анна Петрова\u0000' })
    const described = (await describeContactPoints(database.db, [id!], clock.now())).get(id!)
    expect(described).toMatchObject({
      displayName: 'Анна Петрова',
      username: 'anna',
      trust: 0,
      linkedFrom: null,
    })
    const before = await version(id!)
    forgetSightings([id!])
    await sight({ ...person, displayName: 'Анна Петрова' })
    expect(await version(id!)).toBe(before)
  })

  test('takes an erased person who writes again for somebody new', async () => {
    const person = aSighting()
    const [id] = await sight(person)
    await rows(database.db, sql`delete from subscribers.contact_alias where contact_point_id = ${id}`)
    forgetSightings([id!])
    expect(await sight(person)).not.toEqual([id])
  })

  test('refuses to name somebody by nothing', async () => {
    await expect(sight(aSighting({ externalId: '' }))).rejects.toThrow('empty external id')
  })
})

async function version(id: string): Promise<string> {
  const row = await one(
    database.db,
    sql<{ xmin: string }>`select xmin::text from subscribers.contact_point where id = ${id}`,
  )
  return row.xmin
}
