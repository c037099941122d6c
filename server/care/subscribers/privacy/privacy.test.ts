import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSubscribersRoom, type SubscribersRoom } from '../../../../test/factories/subscribers.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, one, sql } from '../../../platform/database/index.ts'
import {
  acceptSharedContact,
  erasePersonPart,
  exportPersonPart,
  linkContactPoints,
  makeStartToken,
  readPerson,
  sightContactPoints,
  suggestFor,
} from '../index.ts'

const by = { kind: 'system', name: 'test' } as const
let database: TestDatabase
let room: SubscribersRoom
beforeAll(async () => {
  database = await createTestDatabase()
  room = aSubscribersRoom(database, () => {
    throw new Error('nobody is refused here')
  })
})
afterAll(() => database.drop())

const seen = {
  channelAccountId: randomUUID(),
  channel: 'telegram',
  externalId: 'tg-4815162342',
  address: 'tg-4815162342',
  displayName: 'Зинаида Уникальная',
  username: 'zinaida_unique',
  aliases: ['zina-alias'],
} as const
const msisdn = '79025550199'
const PLANTED = ['4815162342', 'уникальн', 'zinaida', 'zina-alias', msisdn, 'назвала девичью']

/** Somebody with everything that this room can keep about a person. */
async function aKnownPerson(): Promise<string[]> {
  const [id = ''] = await sightContactPoints(database.db, room.clock, [seen])
  const double = await room.aPoint({ externalId: seen.externalId })
  return inTransaction(database.db, async (tx) => {
    await acceptSharedContact(tx, room.subscribers, id, { msisdn, proved: true })
    await suggestFor(tx, room.subscribers, [id])
    await makeStartToken(tx, room.subscribers, id, randomUUID())
    const reason = 'назвала девичью фамилию'
    await linkContactPoints(tx, room.subscribers, {
      contactPointId: double,
      toContactPointId: id,
      by,
      reason,
    })
    const { lanes } = await readPerson(tx, id)
    return lanes.map(({ laneId }) => laneId)
  })
}

async function everything(): Promise<string> {
  const { kept } = await one(
    database.db,
    sql<{ kept: string }>`
      select lower(concat(
        (select string_agg(t::text, ' ') from subscribers.subscriber t),
        (select string_agg(t::text, ' ') from subscribers.contact_point t),
        (select string_agg(t::text, ' ') from subscribers.contact_alias t),
        (select string_agg(t::text, ' ') from subscribers.proof t),
        (select string_agg(t::text, ' ') from subscribers.challenge t),
        (select string_agg(t::text, ' ') from subscribers.contact_link t),
        (select string_agg(t::text, ' ') from subscribers.suggestion t))) as kept`,
  )
  return kept
}
const links = () =>
  one(database.db, sql<{ count: number }>`select count(*) as count from subscribers.contact_link`)

describe('a person’s data', () => {
  test('is exported whole, then erased without a trace but the skeleton', async () => {
    const ids = await aKnownPerson()
    const before = await links()
    const told = JSON.stringify(await exportPersonPart(database.db, ids)).toLowerCase()
    for (const planted of PLANTED) expect(told).toContain(planted)

    const erase = () => inTransaction(database.db, (tx) => erasePersonPart(tx, room.subscribers, ids, by))
    expect(await erase()).toMatchObject({
      contactPoints: 3,
      aliases: 4,
      proofs: 1,
      challenges: 1,
      subscribers: 1,
    })
    const kept = await everything()
    for (const planted of PLANTED) expect(kept).not.toContain(planted)
    expect(await links()).toEqual(before)
    expect(room.events.at(-1)).toMatchObject({ kind: 'contact-points-erased', contactPointIds: ids })
    expect(Object.values(await erase()).every((count) => count === 0)).toBe(true)
  })

  test('erased does not come back to who writes again: they are somebody new', async () => {
    const [again] = await sightContactPoints(database.db, room.clock, [seen])
    expect(await readPerson(database.db, again!)).toMatchObject({ known: false, name: 'Зинаида Уникальная' })
  })

  test('of somebody whose number it was before stays with them', async () => {
    const [a, b, c] = [await room.aPoint({ displayName: 'Первая' }), await room.aPoint(), await room.aPoint()]
    await inTransaction(database.db, (tx) =>
      linkContactPoints(tx, room.subscribers, { contactPointId: a, toContactPointId: b, by, reason: 'test' }),
    )
    await inTransaction(database.db, (tx) => erasePersonPart(tx, room.subscribers, [b], by))
    expect(await readPerson(database.db, a)).toMatchObject({ known: true, name: 'Первая' })
    expect((await exportPersonPart(database.db, [c])).subscribers).toEqual([])
  })
})
