import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { subscribers as contract, SubscriberCard } from '../../../contracts/subscribers.ts'
import { aSubscribersRoom, type SubscribersRoom } from '../../../test/factories/subscribers.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Actor } from '../../platform/http/index.ts'
import { answerFailure, serve } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { subscribersHandlers } from './http.ts'
import { suggestFor } from './index.ts'

let database: TestDatabase
let room: SubscribersRoom
let app: FastifyInstance
let actor: Actor
beforeAll(async () => {
  database = await createTestDatabase()
  room = aSubscribersRoom(database, (contactPointId) => {
    throw new Refusal('need_to_know', { contactPointId })
  })
  app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerFailure)
  const options = { db: database.db, clock: room.clock, authenticate: async () => actor }
  serve(app, options, contract, subscribersHandlers(room.subscribers))
})
beforeEach(() => {
  const session = { sessionId: randomUUID(), locked: false, secondFactorDue: false, passwordDue: false }
  actor = { kind: 'agent', id: randomUUID(), name: 'Анна', roles: ['agent'], ...session }
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH'

async function ask(method: Method, path: string, payload?: object, headers: Record<string, string> = {}) {
  const answer = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.json() }
}
const card = async (id: string) => SubscriberCard.parse((await ask('GET', `contact-points/${id}/card`)).body)
const link = (id: string, toContactPointId: string, headers = {}) =>
  ask('POST', `contact-points/${id}/link`, { toContactPointId, reason: 'сказала сама' }, headers)

let numbers = 0
async function aNumber() {
  const msisdn = `7901${String(1_000_000 + ++numbers)}`
  const point = {
    channelAccountId: room.smsAccountId,
    channel: 'sms',
    externalId: msisdn,
    address: msisdn,
  } as const
  return { msisdn, id: await room.aPoint(point) }
}

describe('the card', () => {
  test('of a stranger shows the one door, masked', async () => {
    const { id } = await aNumber()
    expect(await card(id)).toMatchObject({
      id: null,
      name: expect.stringMatching(/^\+7 901 \*\*\*-\*\*-\d\d$/),
      contactPoints: [{ id, masked: true, address: expect.stringContaining('***'), trust: 0, link: null }],
      formerContactPoints: [],
    })
  })

  test('of a person shows every door with its link, and those that are theirs no longer', async () => {
    const number = await aNumber()
    room.clock.advance(1000)
    const chat = await room.aPoint({ displayName: 'Анна Петрова' })
    expect((await link(chat, number.id)).status).toBe(200)
    const together = await card(chat)
    expect(together).toMatchObject({ name: 'Анна Петрова', contactPoints: [{ id: number.id }, { id: chat }] })
    expect(together.contactPoints[0]?.link).toMatchObject({
      madeBy: 'Анна',
      reason: 'сказала сама',
      validTo: null,
    })
    const parted = await ask('POST', `contact-points/${number.id}/unlink`, {
      reason: 'продала номер',
      mistake: false,
    })
    expect(parted.body).toMatchObject({ id: null })
    const left = await card(chat)
    expect(left.contactPoints.map(({ id }) => id)).toEqual([chat])
    expect(left.formerContactPoints).toMatchObject([
      { id: number.id, link: { validTo: room.clock.now().toISOString() } },
    ])
  })

  test('shows whom they may also be, until somebody says they are not', async () => {
    const user = randomUUID()
    const a = await room.aPoint({ externalId: user })
    const b = await room.aPoint({ externalId: user, displayName: 'Анна' })
    await inTransaction(database.db, (tx) => suggestFor(tx, room.subscribers, [a]))
    const [suggestion] = (await card(a)).suggestions
    expect(suggestion).toMatchObject({ contactPointId: b, name: 'Анна', likeness: ['same-address'] })
    await ask('POST', `link-suggestions/${suggestion?.id}/dismiss`)
    expect((await card(a)).suggestions).toEqual([])
  })

  test('is not shown to who need not know, nor is anything done for them', async () => {
    const [mine, other] = [await room.aPoint(), await room.aPoint()]
    room.forbidden.add(other)
    const refused = await Promise.all([
      ask('GET', `contact-points/${other}/card`),
      ask('POST', `contact-points/${other}/reveal`, { reason: 'хочу' }),
      link(mine, other),
      link(other, mine),
      ask('POST', `contact-points/${other}/unlink`, { reason: 'хочу', mistake: true }),
      ask('POST', `contact-points/${other}/proof`, { msisdn: '79001234567' }),
      ask('POST', `contact-points/${other}/start-links`, { channelAccountId: randomUUID() }),
    ])
    for (const { status, body } of refused) expect([status, body.code]).toEqual([403, 'need_to_know'])
    expect((await card(mine)).id).toBeNull()
  })

  test('of nobody is not found', async () => {
    expect((await ask('GET', `contact-points/${randomUUID()}/card`)).status).toBe(404)
  })
})

describe('linking over HTTP', () => {
  test('answers the same to the same key', async () => {
    const [a, b] = [await room.aPoint(), await room.aPoint()]
    const key = { 'idempotency-key': randomUUID() }
    const first = await link(a, b, key)
    await ask('POST', `contact-points/${a}/unlink`, { reason: 'ошибка', mistake: true })
    expect(await link(a, b, key)).toEqual(first)
    expect((await card(a)).id).toBeNull()
  })

  test('by a code told through the chat', async () => {
    const [number, chat] = [await aNumber(), await room.aPoint()]
    const started = await ask('POST', `contact-points/${chat}/proof`, { msisdn: `+${number.msisdn}` })
    expect(started.body.masked).toContain('***')
    const { proofId } = started.body
    const wrong = await ask('PUT', `contact-points/${chat}/proof`, { proofId, code: 'abcdef' })
    expect(wrong).toMatchObject({ status: 403, body: { code: 'code_wrong', facts: { attemptsLeft: 4 } } })
    const right = await ask('PUT', `contact-points/${chat}/proof`, { proofId, code: room.newestCode() })
    expect(right.body.contactPoints).toHaveLength(2)
    expect(right.body.contactPoints.find(({ id }: { id: string }) => id === chat)).toMatchObject({
      trust: 3,
      proofs: [{ kind: 'sms-code', level: 3 }],
    })
  })

  test('by a link that opens another door, where the door has such', async () => {
    const id = await room.aPoint()
    const made = await ask('POST', `contact-points/${id}/start-links`, { channelAccountId: randomUUID() })
    expect(made.body.url).toMatch(/\?start=[\w-]{32}$/)
    const none = await ask('POST', `contact-points/${id}/start-links`, {
      channelAccountId: room.smsAccountId,
    })
    expect(none.body.code).toBe('channel_unsupported')
  })
})

describe('revealing an address', () => {
  test('needs a reason, is recorded, and says how many are left', async () => {
    const { id, msisdn } = await aNumber()
    expect((await ask('POST', `contact-points/${id}/reveal`, { reason: '' })).status).toBe(400)
    const told = await ask('POST', `contact-points/${id}/reveal`, { reason: 'перезвонить' })
    expect(told.body).toMatchObject({ address: msisdn, leftToday: expect.any(Number) })
    expect(room.looks.at(-1)).toMatchObject({ act: 'reveal', contactPointId: id, reason: 'перезвонить' })
  })
})

describe('finding a person', () => {
  const find = (exact: string) => ask('GET', `subscribers/find?exact=${encodeURIComponent(exact)}`)

  test('takes a number in any spelling, an address, a username; tells nothing in clear', async () => {
    const { id, msisdn } = await aNumber()
    const spelled = `8 (${msisdn.slice(1, 4)}) ${msisdn.slice(4, 7)}-${msisdn.slice(7, 9)}-${msisdn.slice(9)}`
    expect((await find(spelled)).body).toMatchObject([{ contactPointId: id, channel: 'sms' }])
    const mail = await room.aPoint({ channel: 'email', address: 'Anna@Mail.ru' })
    expect((await find('anna@mail.ru')).body).toMatchObject([
      { contactPointId: mail, address: 'A***@Mail.ru' },
    ])
    const chat = await room.aPoint({ username: 'anna_p', displayName: 'Анна' })
    expect((await find('@Anna_P')).body).toMatchObject([{ contactPointId: chat, name: 'Анна' }])
    expect((await find('anna')).body).toEqual([])
  })

  test('is recorded without what was searched for, and limited', async () => {
    await find('secret@mail.ru')
    expect(JSON.stringify(room.looks.at(-1))).not.toContain('secret')
    expect(room.looks.at(-1)).toMatchObject({ act: 'search' })
    for (const _ of Array(19)) await find('somebody')
    expect(await find('somebody')).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
  })
})

describe('changing a subscriber', () => {
  test('keeps what is left out, and announces fields but no values', async () => {
    const [a, b] = [await room.aPoint({ displayName: 'Анна' }), await room.aPoint()]
    const { body } = await link(a, b)
    const change = { note: 'плохо слышит', timeZone: 'Asia/Omsk' }
    expect((await ask('PATCH', `subscribers/${body.id}`, change)).body).toEqual({ done: true })
    expect(await card(a)).toMatchObject({ name: 'Анна', ...change })
    const event = room.events.at(-1)
    expect(event).toMatchObject({ kind: 'subscriber-changed', fields: ['timeZone', 'note'] })
    expect(JSON.stringify(event)).not.toContain('слышит')
    expect((await ask('PATCH', `subscribers/${body.id}`, { timeZone: 'Mars/Olympus' })).body.code).toBe(
      'invalid_request',
    )
    expect((await ask('PATCH', `subscribers/${randomUUID()}`, { note: null })).status).toBe(404)
  })
})
