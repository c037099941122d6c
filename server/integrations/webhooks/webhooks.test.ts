import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { v7 as uuid } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import type { WebhookEvent } from '../../../contracts/integrations.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../../../test/factories/caller.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { anOtklik, freePort, type TestOtklik } from '../../../test/factories/otklik.ts'
import { type ManualClock, systemClock } from '../../platform/clock.ts'
import { inTransaction, one, sql } from '../../platform/database/index.ts'
import { countLateDeliveries } from './store.ts'

const { chat, conversations, integrations, privacy, subscribers } = contracts
const HOUR_MS = 3_600_000

interface Told {
  readonly id: string
  readonly event: WebhookEvent
  readonly at: string
  readonly data: Record<string, unknown>
}

/** The machine's clock, moved on by the test: sessions and loops live on real time. */
function shiftedClock(): ManualClock {
  let shift = 0
  return {
    now: () => new Date(systemClock.now().getTime() + shift),
    advance: (ms) => {
      shift += ms
    },
  }
}

const clock = shiftedClock()
let otklik: TestOtklik
let site: string
let anna: Caller
let admin: Caller
let port: number
let receiver: Server
let secret = ''
let status: () => number = () => 200
const told: Told[] = []
const attempts: string[] = []
const problems: string[] = []

/** A receiver as a stranger would write it from docs/webhooks.md. */
function listen(): Promise<unknown> {
  receiver = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const raw = Buffer.concat(pieces)
      const fields = new Map(
        String(request.headers['otklik-signature'])
          .split(',')
          .map((field) => field.split('=', 2) as [string, string]),
      )
      const seconds = Number(fields.get('t'))
      const expected = createHmac('sha256', secret).update(`${seconds}.`).update(raw).digest()
      if (!timingSafeEqual(expected, Buffer.from(fields.get('v1') ?? '', 'hex'))) problems.push('signature')
      if (Math.abs(seconds * 1000 - clock.now().getTime()) > 300_000) problems.push('time')
      const event: Told = JSON.parse(raw.toString('utf8'))
      if (request.headers['otklik-event-id'] !== event.id) problems.push('id')
      attempts.push(event.id)
      const answer = status()
      if (answer === 200) told.push(event)
      response.writeHead(answer).end()
    })
  }).listen(port, '127.0.0.1')
  return once(receiver, 'listening')
}

async function signIn(): Promise<void> {
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
}

/** Moves the clock on so far that sessions end. */
async function letPass(ms: number): Promise<void> {
  clock.advance(ms)
  await signIn()
}

async function hangUp(): Promise<void> {
  receiver.closeAllConnections()
  receiver.close()
  await once(receiver, 'close')
}

beforeAll(async () => {
  port = await freePort()
  otklik = await anOtklik({ clock, trustedOrigins: [`http://127.0.0.1:${port}`] })
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  await signIn()
})
afterAll(() => otklik.end())
beforeEach(listen)
afterEach(async () => {
  status = () => 200
  for (const { id } of await admin.call(integrations.listWebhooks))
    await admin.call(integrations.deleteWebhook, { params: { id } })
  if (receiver.listening) await hangUp()
  expect(problems).toEqual([])
  told.length = 0
  attempts.length = 0
})

async function aWebhook(events: WebhookEvent[], withBodies = false): Promise<string> {
  const made = await admin.call(integrations.createWebhook, {
    body: { url: `http://127.0.0.1:${port}/otklik?a=1`, events, withBodies },
  })
  secret = made.secret
  return made.webhook.id
}

async function aMessage(text: string) {
  const visitor = await aVisitorCaller(otklik.url, site)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text } })
  const conversation = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((item) => item.preview === text)
  })
  return { visitor, params: { id: conversation.id } }
}

const toldOf = (event: WebhookEvent) => eventually(async () => told.find((one) => one.event === event))
const logOf = (id: string) =>
  admin.call(integrations.listWebhookDeliveries, { params: { id }, query: { limit: 100 } })
const eventuallyInLog = (
  id: string,
  fits: (row: Awaited<ReturnType<typeof logOf>>['items'][number]) => boolean,
) => eventually(async () => (await logOf(id)).items.find(fits))

/** Moves the clock on to when the newest delivery is due again. */
async function untilNextAttempt(id: string): Promise<void> {
  const [row] = (await logOf(id)).items
  const due = row?.nextAttemptAt && row.reason ? Date.parse(row.nextAttemptAt) : 0
  // One under way holds its lease for a minute: that is not waited for.
  if (due > clock.now().getTime() && due < clock.now().getTime() + 50_000)
    clock.advance(due - clock.now().getTime())
}

describe('another system', () => {
  test('is told what happens, signed, in ids', async () => {
    const id = await aWebhook([
      'message.received',
      'message.sent',
      'conversation.opened',
      'conversation.assigned',
      'conversation.resolved',
      'conversation.reopened',
    ])
    const { visitor, params } = await aMessage('секретные слова абонента')
    await anna.call(conversations.claimConversation, { params })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    const messageId = uuid()
    await anna.call(conversations.sendMessage, {
      params,
      body: { id: messageId, laneId, text: 'секретный ответ', undoMs: 0 },
    })
    await anna.call(conversations.resolveConversation, { params, body: { topicId: null, outcome: 'solved' } })
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'опять' } })
    await toldOf('conversation.reopened')
    await eventually(async () => told.filter((one) => one.event === 'message.received').length === 2)
    const about = { laneId, conversationId: params.id }
    const received = told.filter((one) => one.event === 'message.received')
    expect(received.map((one) => one.data)).toContainEqual({ ...about, seq: 1 })
    expect((await toldOf('conversation.opened')).data).toEqual(about)
    expect((await toldOf('conversation.assigned')).data).toEqual({ ...about, agentId: otklik.logins.anna.id })
    expect((await toldOf('message.sent')).data).toMatchObject({ ...about, messageId })
    expect((await toldOf('conversation.resolved')).data).toMatchObject(about)
    expect(JSON.stringify(told)).not.toContain('секретн')
    expect(new Set(told.map((one) => one.id)).size).toBe(told.length)

    // What was told is noted a moment later.
    const log = await eventually(async () => {
      const now = await logOf(id)
      return now.items.length === told.length && now.items.every(({ state }) => state === 'delivered') && now
    })
    expect(log.items.map((row) => row.event).toSorted()).toEqual(told.map((one) => one.event).toSorted())
    const first = await admin.call(integrations.listWebhookDeliveries, {
      params: { id },
      query: { limit: 4 },
    })
    const second = await admin.call(integrations.listWebhookDeliveries, {
      params: { id },
      query: { limit: 4, after: first.next ?? '' },
    })
    expect([...first.items, ...second.items]).toEqual(log.items)
  })

  test('is told whose contact point it is now, and that it is not any more', async () => {
    const id = await aWebhook(['contact-point.linked', 'contact-point.unlinked'])
    const lanes: string[] = []
    for (const text of ['первая дверь', 'вторая дверь']) {
      const { params } = await aMessage(text)
      const { replyLaneId } = await anna.call(conversations.getConversation, { params })
      lanes.push(replyLaneId ?? '')
    }
    const [contactPointId = '', toContactPointId = ''] = lanes
    const params = { id: contactPointId }
    await anna.call(subscribers.linkContactPoint, { params, body: { toContactPointId, reason: 'секрет' } })
    await anna.call(subscribers.unlinkContactPoint, { params, body: { mistake: true, reason: 'секрет' } })
    expect((await toldOf('contact-point.unlinked')).data).toMatchObject({
      laneId: contactPointId,
      contactPointId,
    })
    await eventually(async () => told.filter((one) => one.event === 'contact-point.linked').length === 2)
    expect(JSON.stringify([told, await logOf(id)])).not.toContain('секрет')
  })

  test('gets words only if the webhook may have them, and none that were erased meanwhile', async () => {
    await aWebhook(['message.received'], true)
    await aMessage('слова для системы')
    expect((await toldOf('message.received')).data.body).toMatchObject({ text: 'слова для системы' })

    status = () => 500
    const { params } = await aMessage('эти слова сотрут')
    await eventually(async () => attempts.length >= 2)
    const { replyLaneId } = await anna.call(conversations.getConversation, { params })
    const stored = await one(
      otklik.db,
      sql<{ text: string }>`select string_agg(d::text, '') as text from integrations.webhook_delivery d`,
    )
    expect(stored.text).not.toContain('слова')
    await admin.call(privacy.erasePerson, { params: { id: replyLaneId! }, body: { reason: 'просьба' } })
    const known = attempts.length
    status = () => 200
    await letPass(HOUR_MS)
    await otklik.drain()
    expect(attempts.length).toBe(known)
  })

  test('that fails is tried again until it takes it, under the same id', async () => {
    let failures = 2
    status = () => (failures-- > 0 ? 500 : 200)
    const id = await aWebhook(['message.received'])
    await aMessage('дважды пятьсот')
    await eventuallyInLog(id, (row) => row.attempts === 1 && row.status === 500 && row.state === 'waiting')
    await eventually(async () => {
      await untilNextAttempt(id)
      return told.length === 1
    })
    expect(attempts).toEqual([told[0]?.id, told[0]?.id, told[0]?.id])
    const row = await eventuallyInLog(id, (one) => one.state === 'delivered')
    expect(row).toMatchObject({ attempts: 3, status: 200, reason: null, nextAttemptAt: null })
  })

  test('that was down is told when it is up', async () => {
    await hangUp()
    const id = await aWebhook(['message.received'])
    await aMessage('пока вас не было')
    await eventuallyInLog(id, (row) => row.attempts > 0 && row.reason === 'ECONNREFUSED')
    await listen()
    await eventually(async () => {
      await untilNextAttempt(id)
      return told.length === 1
    })
  })

  test('that is down for a day is given up, shown as failing, and told again by hand', async () => {
    const id = await aWebhook(['message.received'])
    status = () => 503
    await aMessage('сутки спустя')
    const { id: delivery } = await eventuallyInLog(id, (row) => row.attempts > 0 && row.status === 503)
    await letPass(24 * HOUR_MS)
    await eventuallyInLog(id, (row) => row.state === 'failed')
    status = () => 200
    const failing = await admin.call(integrations.listWebhooks)
    expect(failing).toMatchObject([{ failing: true }])
    await admin.call(integrations.redeliverWebhook, { params: { id: delivery } })
    await eventually(async () => told.some((one) => one.id === delivery))
    await eventually(async () => {
      const [webhook] = await admin.call(integrations.listWebhooks)
      return webhook?.failing === false
    })
  })

  test('that takes nothing is counted long before it is given up, and no more once it does', async () => {
    const id = await aWebhook(['message.received'])
    status = () => 503
    await aMessage('никто не берёт')
    await eventually(async () => {
      await untilNextAttempt(id)
      return ((await logOf(id)).items[0]?.attempts ?? 0) >= 4
    })
    expect(await countLateDeliveries(otklik.db)).toBe(1)
    status = () => 200
    await eventually(async () => {
      await untilNextAttempt(id)
      return (await countLateDeliveries(otklik.db)) === 0
    })
  })

  test('is not told of what was rolled back, nor while it is paused', async () => {
    const id = await aWebhook(['message.received', 'conversation.assigned'])
    const laneId = uuid()
    const { outside } = otklik.timeline.context
    const failing = inTransaction(otklik.db, async (tx) => {
      await outside.tell(tx, [{ event: 'conversation.assigned', laneId }])
      throw new Error('later')
    })
    await expect(failing).rejects.toThrow('later')
    expect((await logOf(id)).items).toEqual([])
    await admin.call(integrations.changeWebhook, { params: { id }, body: { active: false } })
    expect(outside.hears('message.received')).toBe(false)
    await aMessage('в паузе')
    await otklik.drain()
    expect((await logOf(id)).items).toEqual([])
    expect(told).toEqual([])
  })
})

describe('a webhook', () => {
  test.each([
    'http://127.0.0.1:9/x',
    'http://[::1]/x',
    'http://10.0.0.1/x',
    'http://169.254.169.254/latest',
    'http://localhost/x',
  ])('to %s is refused, when made and when changed', async (url) => {
    const refused = { problem: { code: 'private_address' } }
    const body = { url, events: ['message.sent'] }
    await expect(admin.call(integrations.createWebhook, { body })).rejects.toMatchObject(refused)
    const id = await aWebhook(['message.sent'])
    await expect(
      admin.call(integrations.changeWebhook, { params: { id }, body: { url } }),
    ).rejects.toMatchObject(refused)
  })

  test('asked for twice with a key is made once', async () => {
    const body = { url: `http://127.0.0.1:${port}/otklik`, events: ['message.sent'] }
    const { webhook } = await admin.call(integrations.createWebhook, { body, key: 'once' })
    await expect(admin.call(integrations.createWebhook, { body, key: 'once' })).rejects.toMatchObject({
      problem: { code: 'told_once' },
    })
    expect((await admin.call(integrations.listWebhooks)).map(({ id }) => id)).toEqual([webhook.id])
  })

  test('shows its secret once; table and audit hold none of it; what is not changed stays', async () => {
    const id = await aWebhook(['message.sent'], true)
    const changed = await admin.call(integrations.changeWebhook, {
      params: { id },
      body: { events: ['message.failed'] },
    })
    expect(changed).toMatchObject({ events: ['message.failed'], withBodies: true, active: true })
    const { text } = await one(
      otklik.db,
      sql<{ text: string }>`select concat((select string_agg(w::text, '') from integrations.webhook w),
        (select string_agg(c::text, '') from audit.change c)) as text`,
    )
    expect(text).toContain('webhook.created')
    expect(text).not.toContain(secret)
    expect(text).not.toContain(Buffer.from(secret).toString('hex'))
    expect(JSON.stringify(await admin.call(integrations.listWebhooks))).not.toContain(secret)
  })

  test('is the admin’s alone', async () => {
    await expect(anna.call(integrations.listWebhooks)).rejects.toMatchObject({ status: 403 })
  })
})
