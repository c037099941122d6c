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

/** Every row of every table of ours that holds a text. */
async function tablesWith(needle: string): Promise<string[]> {
  const tables = await rows(
    otklik.db,
    sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const holding: string[] = []
  for (const { name } of tables) {
    const found = await rows(
      otklik.db,
      sql`select 1 from ${sql.raw(name)} t where strpos(t::text, ${needle}) > 0 limit 1`,
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
