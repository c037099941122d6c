import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startWorld, type World } from '../../world/index.ts'
import { aCuttableWayTo, type CuttableDatabase } from '../factories/cuttable-database.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { createTestDatabase, type TestDatabase } from '../postgres/index.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser } from './launch.ts'

let database: TestDatabase
let way: CuttableDatabase
let world: World
let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  ;[browser, database, world] = await Promise.all([
    launchBrowser(),
    createTestDatabase({ max: 2 }),
    startWorld({ timeScale: 0.05, max: { token: 'max-token' } }),
  ])
  way = await aCuttableWayTo(database.connectionString)
  otklik = await anOtklik({ trustedOrigins: [world.url], env: { DATABASE_URL: way.connectionString } })
  const door = await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: 'max-token', webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  await otklik.reconcileDoors()
  await eventually(async () => world.max.isSubscribed(`${otklik.url}/channels/${door}/webhook`))
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
  await way?.close()
  await database?.drop()
})

test('with the database away an idle desk says so by itself; when it is back, it shows and sends what was waiting', async () => {
  await world.act('max', 'anna', { act: 'text', text: 'Работаете?' })
  const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
  await anna.open('Работаете?')
  await anna.claim()
  const banner = anna.page.getByText('Сервис временно недоступен')

  await way.cut()
  // Nobody touches anything.
  await banner.waitFor()
  await anna.write('Да, слушаю вас.')
  await anna.timeline.getByText('нет ответа сервера').waitFor()
  // Its channel is told 503 and sends it again.
  await world.act('max', 'anna', { act: 'text', text: 'Алло?' })

  await way.mend()
  await banner.waitFor({ state: 'hidden' })
  await anna.timeline.getByText('Алло?', { exact: true }).waitFor()
  await vi.waitFor(
    () =>
      expect(
        world
          .view('max', 'anna')
          .messages.filter((one) => one.from === 'operator')
          .map((one) => one.text),
      ).toEqual(['Да, слушаю вас.']),
    { timeout: 40_000, interval: 200 },
  )
  await anna.context.close()
})
