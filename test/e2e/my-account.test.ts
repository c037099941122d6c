import { createDecipheriv, createECDH, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { hearOfOperator } from '../../server/compose/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aMyHouse, type MyHouse, type SubscriberCaller } from '../factories/subscriber-caller.ts'

const { conversations, measures, my, privacy } = contracts
let house: MyHouse
let irina: Caller
/** A push service: what it was asked, and what it answers. */
let pushes: Server
const knocks: { url: string; headers: IncomingMessage['headers']; body: Buffer }[] = []
let pushAnswer = 201
let pushOrigin: string

beforeAll(async () => {
  pushes = createServer(async (request, response) => {
    knocks.push({ url: request.url ?? '', headers: request.headers, body: await buffer(request) })
    response.writeHead(pushAnswer).end()
  }).listen(0, '127.0.0.1')
  await once(pushes, 'listening')
  pushOrigin = `http://127.0.0.1:${(pushes.address() as AddressInfo).port}`
  house = await aMyHouse({ trustedOrigins: [pushOrigin] })
  irina = await aStaffCaller(house.otklik.url, house.otklik.logins.irina)
})
beforeEach(() => {
  knocks.length = 0
  pushAnswer = 201
})
afterAll(async () => {
  await house.end()
  pushes.close()
})

const someone = async () => {
  const line = house.edge.aLine()
  return { line, phone: await house.signIn(line.msisdn) }
}
const browserKey = createECDH('prime256v1')
const browserPublic = browserKey.generateKeys()
const auth = randomBytes(16)
const pushKeys = { p256dh: browserPublic.toString('base64url'), auth: auth.toString('base64url') }

/** What the browser reads in a knock (RFC 8291, one record). */
function wordsIn({ body }: { body: Buffer }): string {
  const [salt, keyEnd] = [body.subarray(0, 16), 21 + body.readUInt8(20)]
  const senderPublic = body.subarray(21, keyEnd)
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), browserPublic, senderPublic])
  const secret = Buffer.from(hkdfSync('sha256', browserKey.computeSecret(senderPublic), auth, about, 32))
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${what}\0`, length))
  const opened = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  opened.setAuthTag(body.subarray(-16))
  const padded = Buffer.concat([opened.update(body.subarray(keyEnd, -16)), opened.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

const subscribe = (phone: Caller, path: string) =>
  phone.call(my.savePushSubscription, { body: { endpoint: `${pushOrigin}${path}`, keys: pushKeys } })

describe('a knock', () => {
  const conversationOf = async (phone: SubscriberCaller) => {
    const text = `вопрос ${randomUUID()}`
    await phone.call(my.sendMyMessage, { body: { id: uuid(), text } })
    return eventually(async () => {
      const { items } = await irina.call(conversations.listConversations, {
        query: { view: 'all', limit: 100 },
      })
      return items.find((one) => one.preview === text)?.id
    })
  }
  const answer = async (id: string) => {
    const { replyLaneId: laneId } = await irina.call(conversations.getConversation, { params: { id } })
    await irina.call(conversations.sendMessage, {
      params: { id },
      body: { id: uuid(), laneId, text: 'тайное слово', undoMs: 0 },
    })
  }

  test('comes when an answer was not read, signed and without a word of it; none comes when it was', async () => {
    const { phone } = await someone()
    await subscribe(phone, '/device-1')
    const id = await conversationOf(phone)
    await answer(id)
    const knock = await eventually(async () => knocks.find(({ url }) => url === '/device-1'), 25_000)
    const { key } = await phone.call(my.getPushKey)
    expect(knock.headers.authorization).toMatch(/^vapid t=[\w.-]+, k=/)
    expect(knock.headers.authorization).toContain(`k=${key}`)
    expect(knock.headers.ttl).toBe('3600')
    expect(wordsIn(knock)).toBe('help')
    expect(JSON.stringify(knock)).not.toContain('тайное')

    knocks.length = 0
    await answer(id)
    const last = await eventually(async () => {
      const { entries } = await phone.call(my.readMyTimeline)
      return entries.filter(({ from }) => from === 'agent').length === 2 && entries.at(-1)
    })
    await phone.call(my.markMyTimelineRead, { body: { laneId: last.laneId, seq: last.seq } })
    await new Promise((resolve) => setTimeout(resolve, 12_000))
    expect(knocks).toEqual([])
  }, 60_000)

  test('is what a notice of the line becomes on a phone that has the app, an SMS on one that has not', async () => {
    const [{ line, phone }, { line: other }] = [await someone(), await someone()]
    await subscribe(phone, '/device-2')
    const before = house.world.sms.sentTo(other.msisdn).length
    const tell = (lineId: string, msisdn: string) =>
      inTransaction(house.otklik.db, (tx) =>
        hearOfOperator(tx, house.otklik.my, {
          kind: 'line-notice',
          lineId,
          msisdn,
          notice: 'fee-not-covered',
          facts: { kopecks: 45_050, balanceKopecks: 1200 },
        }),
      )
    await tell(line.id, line.msisdn)
    await tell(other.id, other.msisdn)
    const knock = await eventually(async () => knocks.find(({ url }) => url === '/device-2'))
    expect(wordsIn(knock)).toBe('home')
    const sms = await eventually(async () => house.world.sms.sentTo(other.msisdn)[before])
    expect(sms.text.replaceAll('\u00a0', ' ')).toContain('нужно 450,50 ₽, на счёте 12,00 ₽')
    expect(house.world.sms.sentTo(line.msisdn)).toHaveLength(1)
  })

  test('is not enough to say how much a fee lacks: that goes by SMS, with where to top up', async () => {
    const { line, phone } = await someone()
    await subscribe(phone, '/device-5')
    const before = house.world.sms.sentTo(line.msisdn).length
    const facts = { kopecks: 45_050, balanceKopecks: 1200, missingKopecks: 43_850, day: '2027-02-28' }
    await inTransaction(house.otklik.db, (tx) =>
      hearOfOperator(tx, house.otklik.my, {
        kind: 'line-notice',
        lineId: line.id,
        msisdn: line.msisdn,
        notice: 'fee-near',
        facts,
      }),
    )
    const sms = await eventually(async () => house.world.sms.sentTo(line.msisdn)[before])
    expect(sms.text.replaceAll('\u00a0', ' ')).toMatch(
      /^28 февраля спишется абонентская плата 450,50 ₽\. На счёте 12,00 ₽, не хватает 438,50 ₽\. Пополнить: http.*\/my\/finance\/top-up$/,
    )
  })

  test('is given up at a device that the push service knows no longer, and ends with the session', async () => {
    const { line, phone } = await someone()
    await subscribe(phone, '/device-3')
    const notice = () =>
      inTransaction(house.otklik.db, (tx) =>
        hearOfOperator(tx, house.otklik.my, {
          kind: 'line-notice',
          lineId: line.id,
          msisdn: line.msisdn,
          notice: 'line-blocked',
          facts: {},
        }),
      )
    pushAnswer = 410
    await notice()
    const kept = () =>
      rows(house.otklik.db, sql`select 1 from my.push_target where endpoint like '%/device-3'`)
    await eventually(async () => knocks.length === 1 && (await kept()).length === 0)
    await subscribe(phone, '/device-3')
    await phone.call(my.signOutOfMy, { query: { everywhere: 'no' } })
    expect(await kept()).toEqual([])
  })

  test('goes to no inner address and to nothing but https', async () => {
    const { phone } = await someone()
    const at = (endpoint: string) =>
      phone.call(my.savePushSubscription, { body: { endpoint, keys: pushKeys } })
    for (const inner of ['https://127.0.0.1/x', 'https://10.0.0.1/x', 'https://[::1]/x'])
      await expect(at(inner)).rejects.toMatchObject({ problem: { code: 'private_address' } })
    for (const plain of ['http://push.example/x', 'ftp://push.example/x'])
      await expect(at(plain)).rejects.toMatchObject({ problem: { code: 'invalid_request' } })
  })

  test('is signed by keys that are made once and stand sealed', async () => {
    const { phone } = await someone()
    const keys = await Promise.all([1, 2, 3].map(() => phone.call(my.getPushKey)))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1)
    const [kept] = await rows(
      house.otklik.db,
      sql<{ value: { privateKey: string } }>`select value from platform.setting where name = 'my.push-keys'`,
    )
    expect(Buffer.from(kept!.value.privateKey, 'base64').length).toBeGreaterThan(43)
    expect(kept!.value.privateKey).not.toMatch(/^[\w-]{43}$/)
  })
})

describe('a request for money back', () => {
  test('is a conversation with every fact attached, asked once', async () => {
    const { line, phone } = await someone()
    const connectedId = randomUUID()
    line.services = {
      ...line.services,
      content: [
        {
          id: connectedId,
          offering: {
            id: randomUUID(),
            terms: {
              kind: 'content',
              code: 'horoscope',
              title: { ru: 'Гороскоп', en: 'Horoscope' },
              summary: { ru: '', en: '' },
              validFrom: null,
              validTo: null,
              archived: false,
              partner: { name: 'ООО «Звёзды»', support: 'help@stars.example', shortNumber: '4444' },
              feeKopecks: 500,
              charge: 'daily',
            },
          },
          since: '2026-11-01T09:00:00.000Z',
          nextChargeAt: null,
          feeKopecks: 500,
          charge: 'daily',
          consent: { at: '2026-11-01T09:00:00.000Z', through: 'sms 4444', words: 'ДА' },
          spentKopecks: 11_500,
          ending: null,
        },
      ],
    }
    const body = { id: uuid(), lineId: line.id, connectedId, words: 'Я этого не подключал' }
    const first = await phone.call(my.askRefund, { body })
    expect(first.conversationNumber).toEqual(expect.any(Number))
    expect(await phone.call(my.askRefund, { body })).toEqual(first)
    const { entries } = await phone.call(my.readMyTimeline)
    expect(entries).toHaveLength(1)
    const text = entries[0]!.text!.replaceAll('\u00a0', ' ')
    for (const fact of [
      'Я этого не подключал',
      'Гороскоп',
      'ООО «Звёзды»',
      '1 ноября 2026',
      '5 ₽ в день',
      '115 ₽',
      'ДА',
    ])
      expect(text).toContain(fact)
    expect(text).not.toContain(line.msisdn)
    const { items } = await irina.call(conversations.listConversations, {
      query: { view: 'all', limit: 100 },
    })
    const { id } = items.find(({ number }) => number === first.conversationNumber)!
    const atDesk = await irina.call(conversations.readTimeline, { params: { id } })
    const message = atDesk.entries.find(({ kind }) => kind === 'message')
    expect(message?.body).toMatchObject({
      about: { kind: 'refund', lineId: line.id, code: 'horoscope' },
    })
  })
})

describe('visits', () => {
  test('count a subscriber once a day and section; the share is of those who came', async () => {
    const phones = [await someone(), await someone(), await someone()].map(({ phone }) => phone)
    const visit = (phone: Caller, section: string) => phone.call(my.recordVisit, { params: { section } })
    for (const phone of phones) for (const _ of [1, 2]) await visit(phone, 'home')
    await visit(phones[0]!, 'services')
    await visit(phones[1]!, 'services')
    const today = new Date().toISOString().slice(0, 10)
    const from = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    const to = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const seen = await irina.call(measures.readVisits, { query: { from, to } })
    expect(seen).toMatchObject({ version: 1, activeDays: 3, shares: { home: 1, services: 2 / 3, market: 0 } })
    expect(seen.days).toHaveLength(1)
    expect([today, to]).toContain(seen.days[0]?.day)
    await expect(irina.call(measures.readVisits, { query: { from: to, to: from } })).rejects.toMatchObject({
      status: 400,
    })
    await expect(phones[0]!.call(measures.readVisits, { query: { from, to } })).rejects.toMatchObject({
      status: 403,
    })
    await expect(visit(phones[0]!, 'elsewhere')).rejects.toMatchObject({ status: 400 })
  })
})

describe('one’s own data', () => {
  const exported = async (phone: SubscriberCaller) => {
    const answer = await fetch(`${house.otklik.url}/api/v1/my/export`, { headers: { cookie: phone.cookie } })
    return { status: answer.status, data: (await answer.json()) as Record<string, unknown> }
  }

  test('is one document of everything that is kept, for who has just told a code', async () => {
    const { line, phone } = await someone()
    await phone.call(my.sendMyMessage, { body: { id: uuid(), text: 'для памяти' } })
    await phone.call(my.recordVisit, { params: { section: 'home' } })
    const { status, data } = await exported(phone)
    expect(status).toBe(200)
    expect(data).toMatchObject({
      devices: [{ device: 'Телефон', signedInBy: 'sms' }],
      visits: [{ section: 'home' }],
      lines: [{ lineId: line.id, role: 'owner' }],
    })
    expect(JSON.stringify(data)).toContain('для памяти')
    await rows(
      house.otklik.db,
      sql`update my.session set fresh_until = null where subscriber_id = ${phone.session.subscriberId}`,
    )
    expect(await exported(phone)).toMatchObject({ status: 403, data: { code: 'fresh_code_required' } })
  })

  test('of the app goes with its account; the line and what was said stay', async () => {
    const { line, phone } = await someone()
    await phone.call(my.sendMyMessage, { body: { id: uuid(), text: 'это останется' } })
    await phone.call(my.recordVisit, { params: { section: 'home' } })
    await subscribe(phone, '/device-4')
    await phone.call(my.deleteMyAccount, { body: { confirm: true } })
    await expect(phone.call(my.getMySession)).rejects.toMatchObject({ status: 401 })
    const { subscriberId } = phone.session
    const left = await rows(
      house.otklik.db,
      sql`select 1 from my.session where subscriber_id = ${subscriberId}
          union all select 1 from my.visit where subscriber_id = ${subscriberId}
          union all select 1 from my.push_target where endpoint like '%/device-4'
          union all select 1 from subscribers.proof p join subscribers.contact_link l on l.contact_point_id = p.contact_point_id
            where l.subscriber_id = ${subscriberId} and p.kind = 'sign-in' and p.revoked_at is null`,
    )
    expect(left).toEqual([])
    const again = await house.signIn(line.msisdn)
    expect(again.session.subscriberId).toBe(subscriberId)
    expect((await again.call(my.readMyTimeline)).entries).toMatchObject([{ text: 'это останется' }])
  })

  test('is destroyed with the person: who signs in by the line again is somebody new', async () => {
    const { line, phone } = await someone()
    await phone.call(my.sendMyMessage, { body: { id: uuid(), text: 'забудьте меня' } })
    await phone.call(my.recordVisit, { params: { section: 'home' } })
    const admin = await aStaffCaller(house.otklik.url, house.otklik.logins.admin)
    const { counts } = await admin.call(privacy.erasePerson, {
      params: { id: phone.session.chatLaneId ?? '' },
      body: { reason: 'отозвал согласие' },
    })
    expect(counts).toMatchObject({ mySessions: 1, myVisits: 1, parties: 1 })
    await expect(phone.call(my.getMySession)).rejects.toMatchObject({ status: 401 })
    const again = await house.signIn(line.msisdn)
    expect(again.session.subscriberId).not.toBe(phone.session.subscriberId)
    expect((await again.call(my.readMyTimeline)).entries).toEqual([])
  })
})
