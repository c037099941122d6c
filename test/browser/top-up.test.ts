import type { Browser, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, debitMoney, openLines } from '../../server/operator/lines/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { demoShop, startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { CALLBACK_KEY } from '../factories/payments.ts'
import { openSmsDoor } from '../factories/subscriber-caller.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

const { conversations } = contracts
const MSISDN = '79000000101'
let world: World
let otklik: TestOtklik
let browser: Browser
let page: Page
let lineId: string
let anna: Caller

beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld({ timeScale: 0.2, sms: { token: 'sms-token' } })
  otklik = await anOtklik({
    trustedOrigins: [world.url],
    payments: { ...demoShop, url: world.yookassa.url(), callbackKey: CALLBACK_KEY },
  })
  world.yookassa.notify(`${otklik.url}/payments/yookassa/webhook?key=${CALLBACK_KEY}`)
  await openSmsDoor(otklik, world)
  const { db, clock, lines } = otklik
  await seedCatalogue(db, clock, [aTariff({ title: { ru: 'Бриз', en: 'Breeze' } })], 'Волна')
  lineId = await inTransaction(db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, lines, { kind: 'person', name: 'Анна Ветрова' })
    const opening = { kopecks: 60_000, from: 'payments:opening' }
    const common = { partyId, region: 'Москва', timeZone: 'Europe/Moscow', tariffId: tariff?.id ?? '' }
    const [id = ''] = await openLines(tx, lines, [{ ...common, msisdn: MSISDN, opening }])
    return id
  })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  const context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  page = await context.newPage()
  await page.goto(`${otklik.url}/my/`)
  await page.getByLabel('Номер телефона').fill('+7 900 000-01-01')
  await page.getByRole('button', { name: 'Получить код' }).click()
  const sms = await eventually(async () => world.sms.sentTo(MSISDN)[0])
  await page.getByLabel('Код из сообщения').fill(/\d{6}/.exec(sms.text)![0])
  await page.getByText('100 ₽').first().waitFor()
})
afterAll(async () => {
  world?.yookassa.notify(undefined)
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const tab = (name: string) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name })

describe('topping up on a phone', () => {
  test('leads to the provider and back: the balance grows live, also after the page was loaded anew', async () => {
    await page.getByRole('link', { name: 'Пополнить' }).click()
    await page.getByRole('heading', { name: 'Пополнить счёт' }).waitFor()
    await page.getByLabel('Сумма, ₽').fill('450')
    await page.getByText('Хватит на все списания ближайшего месяца').waitFor()
    await page.getByLabel('Сумма, ₽').fill('5')
    await page.getByText(/^Можно от 10\s₽/).waitFor()
    await page.getByRole('button', { name: '300 ₽', exact: true }).click()
    await page.getByText('Хватит до списания', { exact: false }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Оплатить 300 ₽' }).click()
    await page.waitForURL(/\/yookassa\/checkout\//)
    expect(await violationsOf(page)).toEqual([])

    // Somebody turns back without having paid: it waits, and can be gone on with.
    const paying = page.url()
    const there = world.yookassa.payments()[0]?.confirmation?.return_url ?? ''
    await page.goto(there)
    await page.getByRole('heading', { name: 'Ждём оплату' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Ждём оплату' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Продолжить оплату' }).click()
    expect(page.url()).toBe(paying)

    // Whoever closed the page altogether finds it waiting among their money.
    await page.goto(`${otklik.url}/my/`)
    await tab('Финансы').click()
    const waiting = page.getByRole('region', { name: /^Пополнение на 300\s₽ ждёт оплаты$/ })
    await waiting.getByText('без оплаты оно отменится само', { exact: false }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await tab('Настройки').click()
    await page.getByRole('heading', { name: 'Мои данные' }).waitFor()
    expect(await page.getByText('ждём ответа').count()).toBe(0)
    await tab('Финансы').click()
    await waiting.getByRole('link', { name: 'Продолжить оплату' }).click()
    await page.waitForURL(paying)
    await page.getByRole('button', { name: 'Оплатить' }).click()
    await page.getByRole('heading', { name: 'Деньги на счёте' }).waitFor()
    await page.getByText('400 ₽').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.reload()
    await page.getByRole('heading', { name: 'Деньги на счёте' }).waitFor()
  })

  test('says so when the bank refuses, and lets the person try again', async () => {
    await tab('Главная').click()
    await page.getByRole('link', { name: 'Пополнить' }).click()
    await page.getByRole('button', { name: '300 ₽', exact: true }).click()
    await page.getByRole('button', { name: 'Оплатить 300 ₽' }).click()
    await page.waitForURL(/\/yookassa\/checkout\//)
    await page.getByRole('button', { name: 'Отказаться' }).click()
    await page.getByRole('heading', { name: 'Платёж не прошёл' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await tab('Финансы').click()
    const failed = page.getByRole('region', { name: /^Пополнение на 300\s₽ не прошло$/ })
    await failed.getByText('деньги не списаны', { exact: false }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await failed.getByRole('link', { name: /^Пополнить на 300\s₽ ещё раз$/ }).click()
    await page.getByRole('button', { name: 'Оплатить 300 ₽' }).waitFor()
  })

  test('says so when the time to pay is over, while the person looks and when they come back', async () => {
    await tab('Главная').click()
    await page.getByRole('link', { name: 'Пополнить' }).click()
    await page.getByRole('button', { name: '500 ₽', exact: true }).click()
    await page.getByRole('button', { name: 'Оплатить 500 ₽' }).click()
    await page.waitForURL(/\/yookassa\/checkout\//)
    // The person leaves the provider's page by the way back, and does not pay.
    await page.goto(`${otklik.url}/my/finance`)
    const begun = page.getByRole('region').filter({ hasText: '500' })
    await begun.getByRole('link', { name: 'Продолжить оплату' }).waitFor()
    world.yookassa.expire(world.yookassa.payments().at(-1)!.id)
    const over = page.getByRole('region', { name: /500\s₽/ })
    await over.getByText('Время на оплату вышло', { exact: false }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.reload()
    await over.getByRole('link', { name: /^Пополнить на 500\s₽ ещё раз$/ }).click()
    await page.getByRole('button', { name: 'Оплатить 500 ₽' }).waitFor()
    const { items } = await otklik.my.edge.listPayments(otklik.db, lineId, { limit: 1 })
    expect(items[0]).toMatchObject({ state: 'expired', amountKopecks: 50_000 })
  })

  test('stands on the agent’s timeline', async () => {
    await tab('Помощь').click()
    await page.getByRole('link', { name: /Написать нам/ }).click()
    await page.getByLabel('Сообщение').fill('Деньги пришли?')
    await page.getByRole('button', { name: 'Отправить' }).click()
    const { id } = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find((one) => one.preview === 'Деньги пришли?')
    })
    const params = { id }
    await anna.call(conversations.claimConversation, { params })
    const { entries } = await anna.call(conversations.readTimeline, { params })
    const states = entries.flatMap(({ body }) => (body?.type === 'order' ? [body.order] : []))
    expect(states.map(({ request, state }) => `${request.kind} ${state}`)).toContain('top-up done')
  })

  test('goes on by itself with consent, until it is switched off', async () => {
    await tab('Финансы').click()
    await page.getByRole('link', { name: 'Включить' }).click()
    await page.getByRole('button', { name: '300 ₽', exact: true }).click()
    await page.getByText('вы разрешаете компании', { exact: false }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Оплатить 300 ₽' }).click()
    await page.waitForURL(/\/yookassa\/checkout\//)
    await page.getByRole('button', { name: 'Оплатить' }).click()
    await page.getByRole('heading', { name: 'Деньги на счёте' }).waitFor()
    await tab('Финансы').click()
    await page.getByText('300 ₽, когда на счёте меньше 100 ₽').waitFor()
    await page.getByText('Мир •• 4477', { exact: false }).waitFor()
    expect(await violationsOf(page)).toEqual([])

    await tab('Главная').click()
    await page.getByText('700 ₽').waitFor()
    const title = { ru: 'Звонок', en: 'Call' }
    const call = {
      lineId,
      ref: uuid(),
      kopecks: 65_000,
      to: 'income:usage',
      category: 'usage',
      title,
    } as const
    await inTransaction(otklik.db, (tx) => debitMoney(tx, otklik.lines, call))
    await page.getByText('350 ₽').waitFor()

    await tab('Финансы').click()
    await page.getByRole('button', { name: 'Отключить', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Отключить', exact: true }).click()
    await page.getByRole('link', { name: 'Включить' }).waitFor()
  })

  test('stands before a supervisor when nobody knows what became of it', async () => {
    const [known] = await rows(
      otklik.db,
      sql<{ name: string }>`update payments.payment set state = 'unknown', settled_at = null
        where id = (select id from payments.payment where state = 'failed' limit 1) returning provider_id as name`,
    )
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await desk.page.goto(`${otklik.url}/desk/approvals`)
    const list = desk.page.getByRole('region', { name: 'Платежи без ответа' })
    await list.getByText(known?.name ?? '').waitFor()
    await list.getByText('300 ₽').waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
  })
})
