import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, openLines, reportUsage } from '../../server/operator/lines/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { eventually } from '../factories/eventually.ts'
import { aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { openSmsDoor } from '../factories/subscriber-caller.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

const MSISDN = '79000000101'
const MB = 1024 ** 2
let world: World
let otklik: TestOtklik
let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld({ timeScale: 0.001, sms: { token: 'sms-token' } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await aLine()
  page = await (await browser.newContext({ ...PHONE, locale: 'ru-RU', acceptDownloads: true })).newPage()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

/** A line that has called, written and read a little, of which the network tells today. */
async function aLine(): Promise<void> {
  const { db, clock, lines } = otklik
  await seedCatalogue(db, clock, [aTariff({ title: { ru: 'Бриз', en: 'Breeze' } })], 'Волна')
  await inTransaction(db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, lines, { kind: 'person', name: 'Анна Ветрова' })
    const opening = { kopecks: 200_000, from: 'payments:opening' }
    const where = { region: 'Москва', timeZone: 'Europe/Moscow', tariffId: tariff?.id ?? '' }
    await openLines(tx, lines, [{ partyId, msisdn: MSISDN, ...where, opening }])
  })
  const record = { msisdn: MSISDN, at: clock.now().toISOString() }
  const answer = await reportUsage(db, lines, [
    { ...record, name: 'data', type: 'data', amount: 2048 * MB },
    { ...record, name: 'call', type: 'voice', amount: 184, other: '79011112233' },
    { ...record, name: 'called', type: 'voice', direction: 'in', amount: 61, other: '79000000104' },
    { ...record, name: 'sms', type: 'sms', amount: 1, other: '79011112233' },
    { ...record, name: 'abroad', type: 'data', amount: 3 * MB, roaming: 'TR' },
  ])
  expect(answer.accepted).toBe(5)
}

/** Does what sends a code, then types the code that came. */
async function withCode(act: () => Promise<void>, label = 'Код из сообщения'): Promise<void> {
  const before = world.sms.sentTo(MSISDN).length
  await act()
  const sms = await eventually(async () => world.sms.sentTo(MSISDN)[before])
  await page.getByLabel(label).fill(/\d{6}/.exec(sms.text)![0])
}
const details = () => page.getByRole('region', { name: 'Детализация' })

test('call details open after a code, are looked through by kind, and leave as a table and as a document', async () => {
  await page.goto(`${otklik.url}/my/`)
  await page.getByLabel('Номер телефона').fill('+7 900 000-01-01')
  await withCode(() => page.getByRole('button', { name: 'Получить код' }).click())
  // What was told a moment ago is off the gauge already.
  await page.getByText(/^28 из 30.ГБ$/).waitFor()

  // The code of the sign-in was a fresh one; its minutes are over.
  await rows(otklik.db, sql`update my.session set fresh_until = null`)
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Финансы' }).click()
  await withCode(() => details().getByRole('button', { name: 'Показать' }).click())
  await details().getByText('+7 901 111‑22‑33').first().waitFor()
  expect(await details().getByRole('listitem').count()).toBe(5)
  await details().getByText('в поездке, Турция', { exact: false }).waitFor()
  expect(await violationsOf(page)).toEqual([])

  await details().getByText('Звонки', { exact: true }).click()
  await details().getByText('3 мин 4 с').waitFor()
  await vi.waitFor(async () => expect(await details().getByRole('listitem').count()).toBe(2))

  const [table] = await Promise.all([
    page.waitForEvent('download'),
    details().getByRole('button', { name: 'Таблица, CSV' }).click(),
  ])
  expect(await readFile(await table.path(), 'utf8')).toContain('Звонок,исходящий,79011112233,184,с,,считаем')
  const [document] = await Promise.all([
    page.waitForEvent('download'),
    details().getByRole('button', { name: 'Документ, PDF' }).click(),
  ])
  expect(document.suggestedFilename()).toMatch(/^usage-79000000101-\d{4}-\d{2}\.pdf$/)
  expect((await readFile(await document.path())).subarray(0, 5).toString()).toBe('%PDF-')
})

test('more of a list is fetched by itself, under one heading a day', async () => {
  const at = otklik.clock.now().toISOString()
  const sent = Array.from({ length: 110 }, (_, n) => ({ msisdn: MSISDN, at, name: `more ${n}` }))
  await reportUsage(
    otklik.db,
    otklik.lines,
    sent.map((record) => ({ ...record, type: 'sms' as const, amount: 1, other: '79011112244' })),
  )
  const asked: URL[] = []
  page.on('request', (request) => {
    if (request.url().includes('/usage?')) asked.push(new URL(request.url()))
  })
  await details().getByText('SMS', { exact: true }).click()
  const rowsShown = () => details().getByRole('listitem').count()
  await vi.waitFor(async () => expect(await rowsShown()).toBeGreaterThan(5))
  const first = await rowsShown()
  await details().getByRole('button', { name: 'Показать ещё' }).click()
  await vi.waitFor(async () => expect(await rowsShown()).toBe(Math.min(2 * first, 111)))
  // The first page may be read again whenever the line changes; the second one was asked for once, by its key.
  expect(asked.filter(({ searchParams }) => searchParams.has('after'))).toHaveLength(1)
  expect(await details().getByRole('heading', { level: 3 }).count()).toBe(1)
})

test('where nothing was there it says so', async () => {
  await page.getByRole('button', { name: 'Предыдущий месяц' }).click()
  await details().getByRole('button', { name: 'Показать' }).click()
  await details().getByText('За это время звонков, сообщений и интернета не было.').waitFor()
})
