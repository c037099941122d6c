import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSubscribersRoom, type SubscribersRoom } from '../../../../test/factories/subscribers.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, rows, sql } from '../../../platform/database/index.ts'
import {
  endLine,
  keepLinesOf,
  keepPeopleOfLine,
  linkedLinesOf,
  readSubscriber,
  recogniseParty,
} from '../index.ts'

let database: TestDatabase
let room: SubscribersRoom
beforeAll(async () => {
  database = await createTestDatabase()
  room = aSubscribersRoom(database, () => {
    throw new Error('nobody is refused here')
  })
})
afterAll(() => database.drop())

const someone = async () => {
  const partyId = randomUUID()
  const subscriberId = await inTransaction(database.db, (tx) =>
    recogniseParty(tx, room.subscribers, { partyId, name: 'Анна', locale: 'ru' }),
  )
  return { partyId, subscriberId }
}
type Held = Parameters<typeof keepLinesOf>[3]
const keep = (subscriberId: string, lines: Held) =>
  inTransaction(database.db, (tx) => keepLinesOf(tx, room.clock, subscriberId, lines))
const windowsOn = async (subscriberId: string, lineId: string) =>
  (await readSubscriber(database.db, subscriberId)).lanes.filter((one) => one.laneId === lineId)

describe('a party of the operator’s books', () => {
  test('is one subscriber, however many meet them at once', async () => {
    const partyId = randomUUID()
    const met = await Promise.all(
      Array.from({ length: 8 }, () =>
        inTransaction(database.db, (tx) =>
          recogniseParty(tx, room.subscribers, { partyId, name: 'Анна', locale: null }),
        ),
      ),
    )
    expect(new Set(met).size).toBe(1)
  })
})

describe('links to lines', () => {
  test('begin when the role did; where nobody says when, with the line if nobody had it before, else now', async () => {
    const [first, second, third] = [await someone(), await someone(), await someone()]
    const [known, fresh] = [randomUUID(), randomUUID()]
    const since = new Date(room.clock.now().getTime() - 86_400_000)
    await keep(first.subscriberId, [
      { lineId: known, role: 'owner', since },
      { lineId: fresh, role: 'owner' },
    ])
    expect(await windowsOn(first.subscriberId, known)).toMatchObject([{ from: since, to: null }])
    expect(await windowsOn(first.subscriberId, fresh)).toMatchObject([{ from: null, to: null }])
    await keep(second.subscriberId, [{ lineId: fresh, role: 'user' }])
    expect(await windowsOn(second.subscriberId, fresh)).toMatchObject([{ from: room.clock.now(), to: null }])
    // Whoever is only trusted with a line does not read what was done to it.
    await keep(third.subscriberId, [{ lineId: fresh, role: 'trusted' }])
    expect(await windowsOn(third.subscriberId, fresh)).toEqual([])
    expect(await linkedLinesOf(database.db, third.subscriberId)).toEqual(new Map([[fresh, 'trusted']]))
  })

  test('of a line follow its people, and end with it', async () => {
    const [owner, child, stranger] = [await someone(), await someone(), randomUUID()]
    const lineId = randomUUID()
    const people = (...of: { partyId: string; role: 'owner' | 'user' }[]) =>
      inTransaction(database.db, (tx) => keepPeopleOfLine(tx, room.clock, lineId, of))
    const [owns, uses] = [
      { ...owner, role: 'owner' as const },
      { ...child, role: 'user' as const },
    ]
    await people(owns, uses, { partyId: stranger, role: 'user' })
    room.clock.advance(1000)
    await people(owns)
    expect(await windowsOn(child.subscriberId, lineId)).toMatchObject([{ to: room.clock.now() }])
    room.clock.advance(1000)
    await inTransaction(database.db, (tx) => endLine(tx, room.subscribers, { lineId, msisdn: '79005550000' }))
    expect(await windowsOn(owner.subscriberId, lineId)).toMatchObject([{ to: room.clock.now() }])
    expect(await linkedLinesOf(database.db, owner.subscriberId)).toEqual(new Map())
  })
})

describe('any sequence of what the operator says', () => {
  const PEOPLE = 3
  const role = fc.constantFrom('owner' as const, 'user' as const, 'trusted' as const, undefined)
  const said = fc.record({ who: fc.nat(PEOPLE - 1), roles: fc.tuple(role, role) })

  test('leaves one open link a person and line at most, the one that was said last, and none that overlap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 10 }), async (acts) => {
        const people = await Promise.all(Array.from({ length: PEOPLE }, someone))
        const lines = [randomUUID(), randomUUID()]
        const last = new Map<string, Map<string, string>>()
        for (const { who, roles } of acts) {
          const { subscriberId } = people[who]!
          const held = roles.flatMap((one, n) => (one ? [{ lineId: lines[n]!, role: one }] : []))
          await keep(subscriberId, held)
          // Saying it again changes nothing.
          expect(await keep(subscriberId, held)).toEqual([])
          last.set(subscriberId, new Map(held.map((one) => [one.lineId, one.role])))
          room.clock.advance(1000)
        }
        for (const [subscriberId, expected] of last)
          expect(await linkedLinesOf(database.db, subscriberId)).toEqual(expected)
        const overlaps = await rows(
          database.db,
          sql`select 1 from subscribers.line_link a join subscribers.line_link b
                on a.line_id = b.line_id and a.subscriber_id = b.subscriber_id and a.id < b.id
              where a.line_id = any(${lines}::uuid[])
                and tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)`,
        )
        expect(overlaps).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})
