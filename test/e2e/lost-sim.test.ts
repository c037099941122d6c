import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { demoMail, startWorld, type World } from '../../world/index.ts'
import { aCaller, aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { openSmsDoor, type SubscriberCaller, signInBySms } from '../factories/subscriber-caller.ts'

const { conversations, lines, my, orders, subscribers } = contracts
const WORD = 'Ромашка-Полынь-7'
const TOKENS = { max: 'max-token', telegram: '700000001:telegram-token' }
const SECRET = 'a-secret-of-the-test-of-32-bytes-or-more'
let world: World
let otklik: TestOtklik
let irina: Caller
let stranger: Caller
let phone: SubscriberCaller
let lineId: string
let msisdn: string

beforeAll(async () => {
  world = await startWorld({
    timeScale: 0.001,
    sms: { token: 'sms-token' },
    max: { token: TOKENS.max },
    telegram: { token: TOKENS.telegram },
  })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: TOKENS.max, webhookSecret: SECRET },
  })
  await otklik.openDoor({
    kind: 'telegram',
    name: 'Telegram',
    policy: 'invite-only',
    settings: { apiBase: `${world.url}/telegram` },
    secrets: { token: TOKENS.telegram, webhookSecret: SECRET },
  })
  const at = ({ host, port }: { host: string; port: number }) => ({
    host,
    port,
    secure: false,
    user: demoMail.user,
  })
  await otklik.openDoor({
    kind: 'email',
    name: 'Почта',
    policy: 'full',
    settings: {
      address: demoMail.address,
      name: 'Волна',
      imap: at(world.mail.imap),
      smtp: at(world.mail.smtp),
      authservId: 'mail.otklik.example',
    },
    secrets: { imapPassword: demoMail.password, smtpPassword: demoMail.password, threadKeys: SECRET },
  })
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  stranger = aCaller(otklik.url, { origin: otklik.url })
  msisdn = world.people.byKey('anna')!.msisdn
  lineId = await anOperatorLine(otklik, { msisdn })
  phone = await signInBySms(otklik.url, world, msisdn)
  for (const service of ['max', 'telegram', 'mail'] as const) await prove(service)
}, 120_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})
beforeEach(async () => {
  await phone.call(lines.setCodeWord, { params: { id: lineId }, body: { word: WORD } })
})

/** Anna writes from there, and shows by a code that came to her number that it is she. */
async function prove(service: 'max' | 'telegram' | 'mail'): Promise<void> {
  const text = `Пишу: ${service}`
  await world.act(
    service,
    'anna',
    service === 'mail' ? { act: 'mail', subject: text, text } : { act: 'text', text },
  )
  const { id } = await eventually(async () => {
    const { items } = await irina.call(conversations.listConversations, { query: { view: 'all' } })
    return items.find((one) => one.preview?.includes(text))
  }, 20_000)
  const conversation = await irina.call(conversations.getConversation, { params: { id } })
  const params = { id: conversation.replyLaneId! }
  // Three codes an hour are what a number gets; these came over the months.
  await rows(otklik.db, sql`delete from platform.rate_limit`)
  const before = world.sms.sentTo(msisdn).length
  const { proofId } = await irina.call(subscribers.startProof, { params, body: { msisdn: `+${msisdn}` } })
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  await irina.call(subscribers.confirmProof, {
    params,
    body: { proofId, code: /\d{6}/.exec(sent.text)![0] },
  })
}

const toldAt = (service: 'max' | 'telegram' | 'mail') =>
  world
    .view(service, 'anna')
    .messages.filter((one) => one.from === 'operator')
    .map(({ text }) => text)
const isBlocked = async () => (await phone.call(lines.getLine, { params: { id: lineId } })).blockedFor
const block = () => stranger.call(lines.blockLostSim, { body: { msisdn: `+${msisdn}`, codeWord: WORD } })
const order = (request: { kind: 'unblock-line' } | { kind: 'block-line'; reason: 'lost' | 'voluntary' }) =>
  phone.call(orders.placeOrder, { params: { id: lineId }, body: { id: uuid(), request } })

describe('a lost SIM', () => {
  test('is blocked by number and code word from anywhere, and the owner hears of it wherever it was proved that it is they', async () => {
    await block()
    expect(await isBlocked()).toBe('lost')
    const inMax = await eventually(async () => toldAt('max').find((text) => text.includes('заблокирован')))
    expect(inMax).toContain(`${otklik.url}/my/`)
    const mail = await eventually(async () =>
      world.view('mail', 'anna').messages.find(({ text }) => text.includes('заблокирован')),
    )
    expect(mail.subject).toBe('Ваш номер заблокирован')
    // A door that may only invite elsewhere carries nothing else (41-FZ).
    expect(toldAt('telegram').filter((text) => text.includes('заблокирован'))).toEqual([])
    // Nothing that identifies anybody to who reads over a shoulder.
    for (const text of [inMax, mail.text]) expect(text).not.toMatch(new RegExp(msisdn.slice(-7)))
  })

  test('gets no codes by which its finder could sign in, prove to be the owner or lift the block', async () => {
    if ((await isBlocked()) === null) await block()
    await rows(otklik.db, sql`delete from platform.rate_limit`)
    const codes = () => world.sms.sentTo(msisdn).filter(({ text }) => /\d{6}/.test(text)).length
    const before = codes()
    await stranger.call(my.startSignIn, { body: { msisdn: `+${msisdn}` } })
    const { items } = await irina.call(conversations.listConversations, { query: { view: 'all' } })
    const { id } = items.find((one) => one.preview?.includes('Пишу: max'))!
    const conversation = await irina.call(conversations.getConversation, { params: { id } })
    await irina.call(subscribers.startProof, {
      params: { id: conversation.replyLaneId! },
      body: { msisdn: `+${msisdn}` },
    })
    await otklik.drain()
    expect(codes()).toBe(before)
    await order({ kind: 'unblock-line' })
    await stranger.call(my.startSignIn, { body: { msisdn: `+${msisdn}` } })
    await eventually(async () => codes() === before + 1)
  })

  test('is taken back in My with one order, and that is told as well: it may have been the finder', async () => {
    if ((await isBlocked()) === null) await block()
    await order({ kind: 'unblock-line' })
    expect(await isBlocked()).toBeNull()
    await eventually(async () => toldAt('max').find((text) => text.includes('снята')))
  })

  test('that could not be told somewhere is noted there for the staff', async () => {
    await world.act('max', 'anna', { act: 'block' })
    // Whom the door is known not to reach is not tried; here it has not told us yet.
    await eventually(
      async () =>
        (
          await rows(
            otklik.db,
            sql`update subscribers.contact_point set unreachable_since = null
              where channel = 'max' and unreachable_since is not null returning id`,
          )
        )[0],
    )
    await order({ kind: 'block-line', reason: 'lost' })
    const { items } = await irina.call(conversations.listConversations, { query: { view: 'all' } })
    const { id } = items.find((one) => one.preview?.includes('Пишу: max'))!
    const note = await eventually(async () => {
      const { entries } = await irina.call(conversations.readTimeline, { params: { id } })
      return entries.find(({ channel, body }) => channel === 'max' && body?.type === 'note')
    })
    expect(note).toMatchObject({ author: { kind: 'system' } })
    expect(note.body).toMatchObject({ text: expect.stringContaining('error.dialog.suspended') })
    const { entries } = await phone.call(my.readMyTimeline)
    expect(JSON.stringify(entries)).not.toContain('error.dialog.suspended')
    await world.act('max', 'anna', { act: 'unblock' })
    await order({ kind: 'unblock-line' })
  })

  test('says nothing elsewhere of a block that the person set by themselves in peace', async () => {
    await otklik.drain()
    const before = toldAt('max').length
    await order({ kind: 'block-line', reason: 'voluntary' })
    await order({ kind: 'unblock-line' })
    await otklik.drain()
    expect(toldAt('max')).toHaveLength(before)
  })
})
