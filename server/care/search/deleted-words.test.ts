import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import { aStaffCaller, type Caller } from '../../../test/factories/caller.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../../../test/factories/otklik.ts'
import { demoTokens, startWorld, type World } from '../../../world/index.ts'
import { rows, sql } from '../../platform/database/index.ts'

let world: World
let otklik: TestOtklik
let irina: Caller
beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001 })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: demoTokens.max, webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  await otklik.reconcileDoors()
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
})
afterAll(async () => {
  await world.close()
  await otklik.end()
})

const hits = async (q: string) =>
  (await irina.call(contracts.search.searchEntries, { query: { q } })).items.length
const documents = async () => (await rows(otklik.db, sql`select from search.document`)).length

test('a message that the person deleted is found by none of the words it ever had', async () => {
  const [first, second] = [`слово${uuid().slice(-8)}`, `другое${uuid().slice(-8)}`]
  await eventually(() => world.act('max', 'timur', { act: 'text', text: `это ${first}` }))
  await eventually(async () => (await hits(first)) === 1)
  const { id } = world.view('max', 'timur').messages.at(-1)!
  await world.act('max', 'timur', { act: 'edit', messageId: id, text: `теперь ${second}` })
  await eventually(async () => (await hits(second)) === 1)
  const before = await documents()
  await world.act('max', 'timur', { act: 'delete', messageId: id })
  await eventually(async () => (await hits(second)) === 0)
  expect(await hits(first)).toBe(0)
  await otklik.drain()
  expect(await documents()).toBe(before - 2)
})

test('nor is one that was deleted before search came to it', async () => {
  const word = `слово${uuid().slice(-8)}`
  await eventually(() => world.act('max', 'emily', { act: 'text', text: `это ${word}` }))
  const { id } = world.view('max', 'emily').messages.at(-1)!
  await world.act('max', 'emily', { act: 'delete', messageId: id })
  await eventually(async () => {
    const [row] = await rows(
      otklik.db,
      sql<{ n: number }>`select count(*)::int as n from timeline.entry where kind = 'deletion'`,
    )
    return row?.n === 2
  })
  await otklik.drain()
  expect(await hits(word)).toBe(0)
  const kept = await rows(
    otklik.db,
    sql`select from search.document where words @@ to_tsquery('russian', ${word})`,
  )
  expect(kept).toEqual([])
})
