import type { Browser, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { signInToMy } from './sign-in-to-my.ts'
import { violationsOf } from './violations.ts'

const { lines, orders } = contracts
const MSISDN = '79000000101'
const WORD = 'Ромашка-Полынь-7'
let world: World
let otklik: TestOtklik
let browser: Browser
let page: Page
let lineId: string
let irina: Caller

beforeAll(async () => {
  browser = await launchBrowser()
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: MSISDN })
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  const context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const signIn = () => signInToMy(page, otklik.url, world, MSISDN)
const toSettings = async () => {
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Настройки' }).click()
  await page.getByRole('heading', { name: 'Мои данные' }).waitFor()
}
const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const params = () => ({ id: lineId })
const settings = () => irina.call(lines.getLineSettings, { params: params() })

describe('a number’s settings in My', () => {
  test('forward calls by what keeps the person from answering, and no longer', async () => {
    await signIn()
    await toSettings()
    await page.getByLabel('Какие звонки').selectOption({ label: 'когда занято' })
    await page.getByLabel('На какой номер').fill('8 900 000-01-02')
    await page.getByRole('form', { name: 'Переадресация' }).getByRole('button', { name: 'Сохранить' }).click()
    await confirm('Сохранить')
    await page.getByText(/^\+7\s900\s000.01.02/).waitFor()
    expect((await settings()).forwarding).toMatchObject([{ condition: 'busy' }])
    await page.getByRole('button', { name: 'Убрать: когда занято' }).click()
    await confirm('Убрать')
    await page.getByText('Выключена: все звонки приходят вам.').waitFor()
  })

  test('bound what a day abroad may cost', async () => {
    const form = page.getByRole('form', { name: 'Лимит в поездке на день' })
    await form.getByLabel('Сумма, ₽').fill('350')
    await form.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { name: /^Лимит в поездке на день: 350.₽$/ }).waitFor()
    await confirm('Сохранить')
    await page.getByText('Не больше 350 ₽').waitFor()
    expect((await settings()).limits.roamingDayKopecks).toBe(35_000)
  })

  test('tell the steps for one’s own phone, and send the settings to it', async () => {
    const device = page.getByRole('region', { name: 'Телефон и интернет' })
    await device.getByLabel('Какой у вас телефон').selectOption({ label: 'Samsung' })
    await device.getByText('Мобильные сети', { exact: false }).waitFor()
    const before = world.sms.sentTo(MSISDN).length
    await device.getByRole('button', { name: 'Прислать настройки интернета' }).click()
    await confirm('Прислать')
    const sms = await eventually(async () => world.sms.sentTo(MSISDN)[before])
    expect(sms.text).toContain('APN')
    const { items } = await irina.call(orders.listOrders, { params: params() })
    expect(items[0]?.request).toEqual({ kind: 'send-settings', topic: 'internet', model: 'Samsung' })
  })

  test('keep a code word, by which a lost SIM is blocked without signing in, and lifted at home with one tap', async () => {
    await page.getByRole('button', { name: 'Задать' }).click()
    await page.getByRole('dialog').getByLabel('Кодовое слово').fill(WORD)
    await confirm('Сохранить')
    await page.getByText('Задано. Мы его не показываем.').waitFor()
    expect(await violationsOf(page)).toEqual([])

    const elsewhere = await (await browser.newContext({ ...PHONE, locale: 'ru-RU' })).newPage()
    await elsewhere.goto(`${otklik.url}/my/`)
    await elsewhere.getByRole('button', { name: 'Заблокировать по кодовому слову' }).click()
    await elsewhere.getByLabel('Номер телефона').fill('8 900 000-01-01')
    await elsewhere.getByLabel('Кодовое слово').fill(WORD.toLowerCase())
    expect(await violationsOf(elsewhere)).toEqual([])
    await elsewhere.getByRole('button', { name: 'Заблокировать', exact: true }).click()
    await elsewhere.getByText('он уже заблокирован', { exact: false }).waitFor()
    await elsewhere.context().close()

    await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Главная' }).click()
    await page.getByText('Номер заблокирован: SIM-карта потеряна.').waitFor()
    await page.getByRole('button', { name: 'Разблокировать' }).click()
    await confirm('Разблокировать')
    await page.getByText('Номер заблокирован: SIM-карта потеряна.').waitFor({ state: 'detached' })
    expect((await irina.call(lines.getLine, { params: params() })).state).toBe('active')
  })

  test('block a lost SIM from another device of the person', async () => {
    await toSettings()
    await page.getByRole('button', { name: 'Заблокировать: Потерялась SIM-карта' }).click()
    await confirm('Заблокировать')
    await eventually(
      async () => (await irina.call(lines.getLine, { params: params() })).blockedFor === 'lost',
    )
  })
})

test('a tariff chosen for the next period is shown as that, and taken back by staying', async () => {
  await irina.call(orders.placeOrder, {
    params: params(),
    body: { id: uuid(), request: { kind: 'unblock-line' } },
  })
  await page.goto(`${otklik.url}/my/tariff`)
  await page.getByRole('button', { name: 'Выбрать: Штиль' }).click()
  await confirm('Перейти')
  await page.getByText('Выбран со следующего периода').waitFor()
  const next = async () => (await irina.call(lines.getLine, { params: params() })).nextTariff?.terms.code
  expect(await next()).toBe('calm')
  await page.getByRole('button', { name: 'Остаться: Бриз' }).click()
  await confirm('Остаться')
  await page.getByText('Выбран со следующего периода').waitFor({ state: 'detached' })
  expect(await next()).toBeUndefined()
  expect(await violationsOf(page)).toEqual([])
  await toSettings()
})

describe('what was asked for and did not simply happen', () => {
  test('is told as it is: on its way while nobody knows, and what was in the way when it failed', async () => {
    const placed = /\/orders$/
    // Whoever keeps the lines elsewhere answers later: the app hears of it in the same words.
    await page.route(placed, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      const answered = await route.fetch()
      const order = (await answered.json()) as { id: string }
      await rows(otklik.db, sql`update orders.line_order set state = 'unknown' where id = ${order.id}`)
      await route.fulfill({ response: answered, json: { ...order, state: 'pending' } })
    })
    await page.getByRole('button', { name: 'Прислать настройки MMS' }).click()
    await confirm('Прислать')
    await page.getByText('Передали, ждём ответа.', { exact: false }).waitFor()
    await page.unroute(placed)

    const open = page.getByRole('region', { name: 'Что с вашими заявками' })
    await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Услуги' }).click()
    await open.getByText('Настройки на телефон — выясняем').waitFor()
    expect(await violationsOf(page)).toEqual([])

    const reason = { code: 'order_refused', facts: { conflicts: [{ conflict: 'debt', about: null }] } }
    await rows(
      otklik.db,
      sql`update orders.line_order set state = 'refused', reason = ${JSON.stringify(reason)} where state = 'unknown'`,
    )
    await page.reload()
    await open.getByText('Сначала нужно вернуть обещанный платёж.').waitFor()
  })
})

test('the language that somebody chooses at the door is the one that they find inside, and the next time', async () => {
  const phone = await (await browser.newContext({ ...PHONE, locale: 'ru-RU' })).newPage()
  const before = world.sms.sentTo(MSISDN).length
  await phone.goto(`${otklik.url}/my/`)
  await phone.getByRole('button', { name: 'English' }).click()
  await phone.getByLabel('Phone number').fill('+7 900 000-01-01')
  await phone.getByRole('button', { name: 'Get a code' }).click()
  const sms = await eventually(async () => world.sms.sentTo(MSISDN)[before])
  await phone.getByLabel('Code from the message').fill(/\d{6}/.exec(sms.text)![0])
  await phone.getByRole('heading', { name: 'Balance' }).waitFor()
  await phone.reload()
  await phone.getByRole('heading', { name: 'Balance' }).waitFor()
  await phone.context().close()
})
