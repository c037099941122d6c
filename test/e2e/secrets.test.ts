import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, aVisitorCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aMaxDoor } from '../factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { chat, conversations, subscribers } = contracts
const lines: string[] = []
let world: World
let otklik: TestOtklik

beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001, sms: { token: 'sms-token' } })
  const log = createLog({ level: 'trace', destination: { write: (line: string) => void lines.push(line) } })
  otklik = await anOtklik({ log, trustedOrigins: [world.url] })
})
afterAll(async () => {
  await otklik.end()
  await world.close()
})

/** Every table that holds a text, in words or in bytes. */
async function tablesWith(needle: string): Promise<string[]> {
  // Bytes are shown as hexadecimal digits.
  const bytes = Buffer.from(needle).toString('hex')
  const tables = await rows(
    otklik.db,
    sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const holding: string[] = []
  for (const { name } of tables) {
    const found = await rows(
      otklik.db,
      sql`select 1 from ${sql.raw(name)} t
        where strpos(t::text, ${needle}) > 0 or strpos(t::text, ${bytes}) > 0 limit 1`,
    )
    if (found.length > 0) holding.push(name)
  }
  return holding
}

async function filesWith(needle: string): Promise<string[]> {
  const files = await readdir(otklik.dataDir, { recursive: true, withFileTypes: true })
  const holding: string[] = []
  for (const file of files.filter((one) => one.isFile())) {
    const name = path.join(file.parentPath, file.name)
    if ((await readFile(name)).includes(needle)) holding.push(name)
  }
  return holding
}

test('a code sent by SMS stands in no table, file or log; a message stands in its body alone', async () => {
  const secrets = { token: 'sms-token', webhookSecret: 'a-webhook-secret-of-the-test' }
  const settings = { apiBase: `${world.url}/sms`, sender: '0611' }
  await otklik.openDoor({ kind: 'sms', name: 'SMS', policy: 'full', settings, secrets })
  const account = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  const anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  const visitor = await aVisitorCaller(otklik.url, account)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'мой кот Василий Иванович' } })
  const { id } = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
    return items[0]
  })
  const laneId = (await anna.call(conversations.getConversation, { params: { id } })).replyLaneId!
  const { msisdn } = world.people.byKey('anna')!
  const { proofId } = await anna.call(subscribers.startProof, { params: { id: laneId }, body: { msisdn } })
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[0])
  const words = /\D*\d{6}/.exec(sent.text)![0]
  const code = words.slice(-6)
  // Once it has left, and once it has been used.
  await eventually(async () => (await tablesWith(words)).length === 0)
  await anna.call(subscribers.confirmProof, { params: { id: laneId }, body: { proofId, code } })
  await otklik.drain()
  expect(await tablesWith(words)).toEqual([])
  expect(await filesWith(words)).toEqual([])
  expect(lines.filter((line) => line.includes(code))).toEqual([])
  expect(lines.filter((line) => line.includes(msisdn))).toEqual([])

  const bodies = (await tablesWith('Василий Иванович')).filter((name) => !/entry_body/.test(name))
  expect(bodies).toEqual([])
  expect(lines.filter((line) => line.includes('Василий'))).toEqual([])
  expect(lines.length).toBeGreaterThan(5)
})

const CARD = '4276 1600 1234 5675'
const ICCID = '8970101234567890123'

test('a card number that somebody writes to us stands in no table, file or log, on whatever door it came', async () => {
  const site = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Ещё сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  const max = await aMaxDoor(otklik)
  const visitor = await aVisitorCaller(otklik.url, site)
  const words = (card: string) => `Спишите с ${card}, сим-карта ${ICCID}, звоните +7 900 000-01-23`
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: words(CARD) } })
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: words(CARD.replaceAll(' ', '')) } })
  const first = max.message(7, words(CARD.replaceAll(' ', '-')))
  expect(await max.post(first.update)).toBe(200)
  expect(await max.post(max.edit(7, first.mid, `${words(CARD)} ещё раз`))).toBe(200)
  expect(await max.post(`{ unreadable ${CARD}`)).toBe(200)
  // An edit of what has not come yet waits, with its payload, for its original.
  const later = max.message(7, 'потом')
  expect(await max.post(max.edit(7, later.mid, words(CARD)))).toBe(200)
  expect(await max.post(later.update)).toBe(200)
  await eventually(async () => {
    await otklik.drain()
    return (await max.entriesOf(7)).filter((entry) => entry.kind === 'edit').length === 2
  })

  for (const card of [CARD, CARD.replaceAll(' ', ''), CARD.replaceAll(' ', '-')]) {
    expect(await tablesWith(card)).toEqual([])
    expect(await filesWith(card)).toEqual([])
    expect(lines.filter((line) => line.includes(card))).toEqual([])
  }
  const texts = (await visitor.call(chat.readChat, { query: { after: 0 } })).messages.map((one) => one.text)
  expect(texts).toEqual([words('•••• •••• •••• 5675'), words('••••••••••••5675')])
  const entries = (await max.entriesOf(7)).map((entry) => entry.body?.text)
  expect(entries).toEqual([
    words('••••-••••-••••-5675'),
    `${words('•••• •••• •••• 5675')} ещё раз`,
    'потом',
    words('•••• •••• •••• 5675'),
  ])
})
