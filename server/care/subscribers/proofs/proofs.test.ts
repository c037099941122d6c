import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aSubscribersRoom, type SubscribersRoom } from '../../../../test/factories/subscribers.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, one, rows, sql } from '../../../platform/database/index.ts'
import {
  acceptSharedContact,
  confirmSmsCode,
  describeContactPoints,
  expireTrust,
  makeStartToken,
  proveContactPoint,
  readPerson,
  redeemStartToken,
  startSmsCode,
  suggestDue,
  unlinkContactPoint,
} from '../index.ts'

const DAY = 86_400_000
let database: TestDatabase
let room: SubscribersRoom
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => {
  room = aSubscribersRoom(database, () => {
    throw new Error('nobody is refused here')
  })
})
afterAll(() => database.drop())

let numbers = 0
const aNumber = () => `7900${String(1_000_000 + ++numbers)}`
const anAgent = () => ({ kind: 'agent', id: randomUUID(), name: 'Анна' }) as const
const by = anAgent()
const begun = <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(database.db, work)
const trustOf = async (id: string) =>
  (await describeContactPoints(database.db, [id], room.clock.now())).get(id)?.trust
const start = (contactPointId: string, msisdn: string, who = anAgent()) =>
  startSmsCode(database.db, room.subscribers, { contactPointId, msisdn, by: who })
const confirm = (contactPointId: string, proofId: string, code: string) =>
  confirmSmsCode(database.db, room.subscribers, { contactPointId, proofId, code, by })
const smsPoint = (msisdn: string) =>
  room.aPoint({ channelAccountId: room.smsAccountId, channel: 'sms', externalId: msisdn, address: msisdn })

describe('a code by SMS', () => {
  test('proves the contact point and links it to the person of the number', async () => {
    const msisdn = aNumber()
    const [point, number] = [await room.aPoint(), await smsPoint(msisdn)]
    const spelled = `8 (${msisdn.slice(1, 4)}) ${msisdn.slice(4, 7)}-${msisdn.slice(7)}`
    const { proofId } = await start(point, spelled)
    expect(room.outbox).toEqual([{ msisdn, text: expect.stringMatching(/^Код: \d{6}$/) }])
    await confirm(point, proofId, room.newestCode())
    expect(await trustOf(point)).toBe(3)
    const { subscriberId, lanes } = await readPerson(database.db, point)
    expect(subscriberId).not.toBeNull()
    expect(lanes.map(({ laneId }) => laneId).sort()).toEqual([point, number].sort())
  })

  test('makes the number’s contact point if nobody has written from it yet', async () => {
    const [point, msisdn] = [await room.aPoint(), aNumber()]
    const { proofId } = await start(point, msisdn)
    await confirm(point, proofId, room.newestCode())
    const number = await smsPoint(msisdn)
    expect((await readPerson(database.db, number)).subscriberId).toBe(
      (await readPerson(database.db, point)).subscriberId,
    )
  })

  test('may be told wrong five times and then not even right', async () => {
    const point = await room.aPoint()
    const { proofId } = await start(point, aNumber())
    const wrong = room.newestCode() === '000000' ? '000001' : '000000'
    const tries = [4, 3, 2, 1, 0]
    for (const attemptsLeft of tries) {
      await expect(confirm(point, proofId, wrong)).rejects.toMatchObject({
        code: 'code_wrong',
        facts: { attemptsLeft },
      })
    }
    await expect(confirm(point, proofId, room.newestCode())).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await trustOf(point)).toBe(0)
  })

  test('gives no more than five guesses to any number of parallel ones', async () => {
    const point = await room.aPoint()
    const { proofId } = await start(point, aNumber())
    const wrong = room.newestCode() === '000000' ? '000001' : '000000'
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => confirm(point, proofId, wrong)))
    const compared = guesses.filter(
      (guess) => guess.status === 'rejected' && guess.reason.code === 'code_wrong',
    )
    expect(compared).toHaveLength(5)
  })

  test('ends after five minutes', async () => {
    const point = await room.aPoint()
    const { proofId } = await start(point, aNumber())
    room.clock.advance(300_000)
    await expect(confirm(point, proofId, room.newestCode())).rejects.toMatchObject({ code: 'code_expired' })
  })

  test('works once, also for two who tell it at the same time', async () => {
    const point = await room.aPoint()
    const { proofId } = await start(point, aNumber())
    const told = await Promise.allSettled([1, 2].map(() => confirm(point, proofId, room.newestCode())))
    expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(confirm(point, proofId, room.newestCode())).rejects.toMatchObject({ code: 'code_expired' })
  })

  test('ends when a newer one is sent, and belongs to its contact point', async () => {
    const [point, other] = [await room.aPoint(), await room.aPoint()]
    const first = await start(point, aNumber())
    const code = room.newestCode()
    const second = await start(point, aNumber())
    await expect(confirm(point, first.proofId, code)).rejects.toMatchObject({ code: 'code_expired' })
    await expect(confirm(other, second.proofId, room.newestCode())).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('is sent three times an hour to a number, ten times an hour by an agent', async () => {
    const [point, msisdn, agent] = [await room.aPoint(), aNumber(), anAgent()]
    for (const _ of [1, 2, 3]) await start(point, msisdn)
    await expect(start(point, msisdn)).rejects.toMatchObject({ code: 'rate_limited' })
    for (const _ of Array(10)) await start(point, aNumber(), agent)
    await expect(start(point, aNumber(), agent)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('is not sent to what is no number', async () => {
    const point = await room.aPoint()
    for (const nonsense of ['0611', 'anna', '+7 900', '12345678901234567890', '8 900 123 45 67 доб. 5']) {
      await expect(start(point, nonsense)).rejects.toMatchObject({ code: 'invalid_request' })
    }
  })

  test('stands nowhere in clear', async () => {
    const point = await room.aPoint()
    const { proofId } = await start(point, aNumber())
    await confirm(point, proofId, room.newestCode())
    const row = await one(
      database.db,
      sql<{ kept: string; msisdn: string | null }>`
        select c::text as kept, msisdn from subscribers.challenge c where id = ${proofId}`,
    )
    expect(row.kept).not.toContain(room.newestCode())
    expect(row.msisdn).toBeNull()
  })
})

describe('a shared contact', () => {
  test('that the channel vouches for proves and links', async () => {
    const [point, msisdn] = [await room.aPoint(), aNumber()]
    await begun((tx) =>
      acceptSharedContact(tx, room.subscribers, point, { msisdn: `+${msisdn}`, proved: true }),
    )
    expect(await trustOf(point)).toBe(2)
    expect((await readPerson(database.db, point)).lanes).toHaveLength(2)
  })

  test('that nobody vouches for becomes a suggestion and no link', async () => {
    const [point, msisdn] = [await room.aPoint(), aNumber()]
    const number = await smsPoint(msisdn)
    await begun((tx) => acceptSharedContact(tx, room.subscribers, point, { msisdn, proved: false }))
    expect((await readPerson(database.db, point)).known).toBe(false)
    expect(await trustOf(point)).toBe(1)
    await suggestAll()
    const pair = [point, number].sort()
    expect(room.events).toContainEqual(
      expect.objectContaining({ kind: 'likeness-found', contactPointIds: pair }),
    )
  })

  test('that is no number changes nothing', async () => {
    const point = await room.aPoint()
    await begun((tx) => acceptSharedContact(tx, room.subscribers, point, { msisdn: 'мама', proved: true }))
    expect(await trustOf(point)).toBe(0)
  })
})

describe('a start token', () => {
  const redeem = (token: string, point: string) =>
    begun((tx) => redeemStartToken(tx, room.subscribers, token, point))

  test('links the door that it opens with the one that it came from, once', async () => {
    const account = randomUUID()
    const from = await room.aPoint()
    const { token } = await begun((tx) => makeStartToken(tx, room.subscribers, from, account))
    expect(token).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
    const point = await room.aPoint({ channelAccountId: account })
    const thief = await room.aPoint({ channelAccountId: account })
    expect(await redeem(token, point)).toBe(true)
    expect(await trustOf(point)).toBe(3)
    expect((await readPerson(database.db, point)).lanes.map(({ laneId }) => laneId)).toContain(from)
    expect(await redeem(token, thief)).toBe(false)
    expect((await readPerson(database.db, thief)).known).toBe(false)
  })

  test('opens no other door, nothing after 15 minutes, and nonsense opens nothing', async () => {
    const account = randomUUID()
    const from = await room.aPoint()
    const { token } = await begun((tx) => makeStartToken(tx, room.subscribers, from, account))
    expect(await redeem(token, await room.aPoint())).toBe(false)
    const point = await room.aPoint({ channelAccountId: account })
    expect(await redeem('nonsense', point)).toBe(false)
    room.clock.advance(900_000)
    expect(await redeem(token, point)).toBe(false)
  })
})

describe('trust', () => {
  test('is the highest proof that holds now', async () => {
    const point = await room.aPoint()
    const prove = (kind: 'dmarc' | 'sign-in') =>
      begun((tx) => proveContactPoint(tx, room.subscribers, { contactPointId: point, kind }))
    await prove('dmarc')
    await prove('sign-in')
    expect(await trustOf(point)).toBe(4)
    room.clock.advance(DAY)
    expect(await trustOf(point)).toBe(2)
    room.clock.advance(30 * DAY)
    expect(await trustOf(point)).toBe(0)
    await expireTrust(database.db, room.subscribers)
    const row = await one(
      database.db,
      sql<{ trust: number }>`select trust from subscribers.contact_point where id = ${point}`,
    )
    expect(row.trust).toBe(0)
  })

  test('grows by no rows when the same is proved again', async () => {
    const point = await room.aPoint()
    const prove = () =>
      begun((tx) => proveContactPoint(tx, room.subscribers, { contactPointId: point, kind: 'dmarc' }))
    const first = await prove()
    room.clock.advance(29 * DAY)
    expect(await prove()).toBe(first)
    room.clock.advance(29 * DAY)
    expect(await trustOf(point)).toBe(2)
    expect(room.events.filter(({ kind }) => kind === 'contact-point-proved')).toHaveLength(1)
  })

  test('ends when the number is theirs no longer: the next holder inherits nothing', async () => {
    const point = await room.aPoint()
    await begun((tx) => acceptSharedContact(tx, room.subscribers, point, { msisdn: aNumber(), proved: true }))
    await begun((tx) =>
      unlinkContactPoint(tx, room.subscribers, {
        contactPointId: point,
        mistake: false,
        by,
        reason: 'продан',
      }),
    )
    expect(await trustOf(point)).toBe(0)
  })
})

async function suggestAll(): Promise<void> {
  while ((await suggestDue(database.db, room.subscribers)) > 0) {
    // More may be due.
  }
  expect(
    await rows(database.db, sql`select 1 from subscribers.contact_point where likeness_due`),
  ).toHaveLength(0)
}
