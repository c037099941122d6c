import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aSubscribersRoom, type SubscribersRoom } from '../../../../test/factories/subscribers.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type LaneWindow, linkContactPoints, type Person, readPerson, unlinkContactPoint } from '../index.ts'
import { readLinks } from '../persons.ts'
import { windowsOf } from '../windows.ts'

const by = { kind: 'system', name: 'test' } as const
const reason = 'test'
let database: TestDatabase
let room: SubscribersRoom
beforeAll(async () => {
  database = await createTestDatabase()
  room = aSubscribersRoom(database, () => {
    throw new Refusal('need_to_know')
  })
})
afterAll(() => database.drop())

const link = (contactPointId: string, toContactPointId: string) =>
  inTransaction(database.db, (tx) =>
    linkContactPoints(tx, room.subscribers, { contactPointId, toContactPointId, by, reason }),
  )
const unlink = (contactPointId: string, mistake: boolean) =>
  inTransaction(database.db, (tx) =>
    unlinkContactPoint(tx, room.subscribers, { contactPointId, mistake, by, reason }),
  )
const person = (id: string) => readPerson(database.db, id)
const lanesOf = ({ lanes }: Person) => lanes.map(({ laneId }) => laneId).sort()
const points = (count: number) => Promise.all(Array.from({ length: count }, () => room.aPoint()))

describe('linking contact points', () => {
  test('makes one person of two strangers, called by the fuller name, with the whole story of both', async () => {
    const a = await room.aPoint({ displayName: 'anna' })
    const b = await room.aPoint({ displayName: 'Анна Петрова' })
    expect(await person(a)).toMatchObject({ subscriberId: null, name: 'anna', known: false })
    const subscriberId = await link(a, b)
    const together = await person(a)
    expect(together).toMatchObject({ subscriberId, name: 'Анна Петрова', known: true })
    expect(together).toEqual(await person(b))
    expect(together.lanes).toEqual(
      [a, b].sort().map((laneId) => ({ laneId, kind: 'contact-point', from: null, to: null })),
    )
  })

  test('lets nobody’s contact point join a person, whichever of the two is asked for', async () => {
    const [a, b, c, d] = await points(4)
    const subscriberId = await link(a!, b!)
    expect(await link(c!, a!)).toBe(subscriberId)
    expect(await link(b!, d!)).toBe(subscriberId)
    expect(lanesOf(await person(a!))).toEqual([a, b, c, d].sort())
  })

  test('moves only the contact point asked for between two persons with several, from now on', async () => {
    const [a, a2, b, b2] = await points(4)
    const from = await link(a!, a2!)
    const to = await link(b!, b2!)
    room.clock.advance(60_000)
    const now = room.clock.now()
    await link(a!, b!)
    expect((await person(a2!)).lanes).toContainEqual({
      laneId: a,
      kind: 'contact-point',
      from: null,
      to: now,
    })
    expect((await person(b!)).lanes).toContainEqual({ laneId: a, kind: 'contact-point', from: now, to: null })
    expect(room.events.at(-1)).toMatchObject({
      contactPointId: a,
      fromSubscriberId: from,
      subscriberId: to,
      validFrom: now,
    })
  })

  test('moves a person who is one contact point with their whole story', async () => {
    const [a, a2, b, b2] = await points(4)
    await link(a!, a2!)
    await unlink(a2!, true)
    await link(b!, b2!)
    room.clock.advance(60_000)
    await link(a!, b!)
    expect((await person(b!)).lanes).toContainEqual({
      laneId: a,
      kind: 'contact-point',
      from: null,
      to: null,
    })
  })

  test('said twice changes nothing, and needs two', async () => {
    const [a, b] = await points(2)
    await link(a!, b!)
    const events = room.events.length
    await link(b!, a!)
    expect(room.events).toHaveLength(events)
    await expect(link(a!, a!)).rejects.toMatchObject({ code: 'link_conflict' })
    await expect(link(a!, '01900000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('is decided once when two agents link the same strangers at the same time', async () => {
    const [a, b] = await points(2)
    const [one, other] = await Promise.all([link(a!, b!), link(b!, a!)])
    expect(one).toBe(other)
    expect(lanesOf(await person(a!))).toEqual([a, b].sort())
  })
})

describe('unlinking a contact point', () => {
  test('as a mistake takes its whole lane back, and linking again restores it', async () => {
    const [a, b] = await points(2)
    await link(a!, b!)
    const before = await person(b!)
    room.clock.advance(60_000)
    await unlink(a!, true)
    expect(await person(a!)).toMatchObject({
      known: false,
      lanes: [{ laneId: a, kind: 'contact-point', from: null, to: null }],
    })
    expect(lanesOf(await person(b!))).toEqual([b])
    await link(a!, b!)
    expect(await person(b!)).toEqual(before)
  })

  test('from now on leaves the story so far with the person', async () => {
    const [a, b] = await points(2)
    await link(a!, b!)
    const before = await person(b!)
    room.clock.advance(60_000)
    const now = room.clock.now()
    await unlink(a!, false)
    expect((await person(a!)).lanes).toEqual([{ laneId: a, kind: 'contact-point', from: now, to: null }])
    expect((await person(b!)).lanes).toContainEqual({ laneId: a, kind: 'contact-point', from: null, to: now })
    await link(a!, b!)
    expect(await person(b!)).toEqual(before)
  })

  test('is refused where there is no link', async () => {
    const [a] = await points(1)
    await expect(unlink(a!, true)).rejects.toMatchObject({ code: 'link_conflict' })
  })
})

type Act =
  | { kind: 'link'; point: number; to: number; pause: number }
  | { kind: 'unlink'; point: number; mistake: boolean; pause: number }

const COUNT = 4
const pointNumber = fc.nat({ max: COUNT - 1 })
const pause = fc.constantFrom(0, 1000)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('link' as const), point: pointNumber, to: pointNumber, pause }),
  fc.record({ kind: fc.constant('unlink' as const), point: pointNumber, mistake: fc.boolean(), pause }),
)

async function carryOut(ids: string[], one: Act): Promise<void> {
  room.clock.advance(one.pause)
  const doing =
    one.kind === 'link' ? link(ids[one.point]!, ids[one.to]!) : unlink(ids[one.point]!, one.mistake)
  await doing.catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === 'link_conflict')) throw error
  })
}

interface Span {
  validFrom: Date
  validTo: Date | null
}

const holdsAt = ({ from, to }: LaneWindow, at: number) =>
  (from === null || from.getTime() <= at) && (to === null || at < to.getTime())

describe('any sequence of links and unlinks', () => {
  test('leaves the links of a contact point without overlap or gap, and every moment of its lane with exactly one person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        const ids = await points(COUNT)
        const began = room.clock.now().getTime()
        for (const one of acts) await carryOut(ids, one)
        for (const id of ids) await expectContiguous(id, began)
        const persons = await everyPerson(ids)
        for (const id of ids) {
          for (let at = began; at <= room.clock.now().getTime() + 1000; at += 500) {
            const owners = persons.filter(({ lanes }) =>
              lanes.some((one) => one.laneId === id && holdsAt(one, at)),
            )
            expect(owners).toHaveLength(1)
          }
          // Its present belongs to the person that it stands for.
          const now = room.clock.now().getTime()
          const own = (await person(id)).lanes.filter(({ laneId }) => laneId === id)
          expect(own.some((one) => holdsAt(one, now))).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('can be undone: what was unlinked is whole again when it is linked again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 8 }),
        pointNumber,
        fc.boolean(),
        async (acts, number, mistake) => {
          const ids = await points(COUNT)
          for (const one of acts) await carryOut(ids, one)
          const point = ids[number]!
          const before = await person(point)
          const companion = (await currentPoints(before.subscriberId)).find((id) => id !== point)
          fc.pre(companion !== undefined)
          room.clock.advance(1000)
          await unlink(point, mistake)
          room.clock.advance(mistake ? 1000 : 0)
          await link(point, companion!)
          expect(await person(point)).toEqual(before)
        },
      ),
      { numRuns: 25 },
    )
  })
})

async function expectContiguous(contactPointId: string, began: number): Promise<void> {
  const spans = await rows(
    database.db,
    sql<Span>`
      select valid_from as "validFrom", valid_to as "validTo" from subscribers.contact_link
      where contact_point_id = ${contactPointId} and not voided
      order by valid_from, coalesce(valid_to, 'infinity')`,
  )
  let end = began
  for (const { validFrom, validTo } of spans) {
    expect(validFrom.getTime()).toBe(end)
    end = validTo?.getTime() ?? Number.POSITIVE_INFINITY
  }
}

/** All persons there are: every subscriber of these contact points, and each that is a person of its own. */
async function everyPerson(ids: string[]): Promise<{ lanes: readonly LaneWindow[] }[]> {
  const subscribers = await rows(
    database.db,
    sql<{ id: string }>`
      select distinct subscriber_id as id from subscribers.contact_link
      where contact_point_id = any(${ids}::uuid[]) and not voided`,
  )
  const linked = await Promise.all(
    subscribers.map(async ({ id }) => ({ lanes: windowsOf(await readLinks(database.db, id)) })),
  )
  const alone = (await Promise.all(ids.map(person))).filter(({ known }) => !known)
  return [...linked, ...alone]
}

async function currentPoints(subscriberId: string | null): Promise<string[]> {
  const current = await rows(
    database.db,
    sql<{ id: string }>`
      select contact_point_id as id from subscribers.contact_link
      where subscriber_id = ${subscriberId}::uuid and valid_to is null and not voided`,
  )
  return current.map(({ id }) => id)
}
