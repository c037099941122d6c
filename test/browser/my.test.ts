import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { giveDiscount } from '../../server/operator/lines/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { signInToMy } from './sign-in-to-my.ts'
import { violationsOf } from './violations.ts'

const { conversations, orders } = contracts
const SMS = { token: 'sms-token', webhookSecret: 'a-webhook-secret-of-the-test' }
const MSISDN = '79000000101'
let world: World
let otklik: TestOtklik
let browser: Browser
let context: BrowserContext
let page: Page
let lineId: string
let anna: Caller

beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld({ timeScale: 0.001, sms: { token: SMS.token } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await otklik.openDoor({
    kind: 'sms',
    name: 'SMS',
    policy: 'full',
    settings: { apiBase: `${world.url}/sms`, sender: '0611' },
    secrets: SMS,
  })
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: MSISDN })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const signIn = () => signInToMy(page, otklik.url, world, MSISDN)
const tab = (name: string) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name })
const paid = () => page.getByRole('region', { name: /Платные подписки/ })
const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

describe('My on a phone', () => {
  test('shows whose it is before it is there itself', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false })
    const opening = await context.newPage()
    await opening.goto(`${otklik.url}/my/`)
    await opening.locator('#root img').waitFor({ state: 'visible' })
    await context.close()
  })

  test('says at its field what is wrong with a number or a code, and goes back to it', async () => {
    await page.goto(`${otklik.url}/my/`)
    const number = page.getByLabel('Номер телефона')
    await number.fill('+7 900 00')
    await page.getByRole('button', { name: 'Получить код' }).click()
    await page.getByText('Введите номер целиком').waitFor()
    expect(await number.evaluate('document.activeElement?.name')).toBe('msisdn')
    await page.getByRole('button', { name: 'Прислать код на почту' }).click()
    await page.getByRole('heading', { name: 'Войдите по коду из письма' }).waitFor()
    await page.getByText('Пришлём код на почту', { exact: false }).waitFor()
    expect(await page.getByText('Введите номер целиком').count()).toBe(0)
    await page.getByRole('button', { name: 'Войти по паролю от оператора' }).click()
    await page.getByRole('heading', { name: 'Войдите по одноразовому паролю' }).waitFor()
    await page.getByLabel('Одноразовый пароль').fill('not-the-pass')
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('lets a person in by the code that came, and shows what there is', async () => {
    await signIn()
    await page.getByText('1 486 ₽').waitFor()
    await page.getByText('30 ГБ', { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('switches a paid subscription off in one tap, takes it back, then stops all and bans them', async () => {
    await tab('Услуги').click()
    await paid().getByRole('button', { name: 'Отключить: Гороскоп' }).click()
    await page.getByText('Уже списанные деньги не возвращаются.').waitFor()
    await confirm('Отключить')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Whoever does without a pointer goes on from where they were.
    await page.waitForFunction('document.activeElement !== document.body')
    expect(await page.title()).toMatch(/^Услуги — /)
    await page.getByRole('status').getByRole('button', { name: 'Отменить' }).click()
    await page.getByText('Вернули как было').waitFor()
    await paid().getByRole('button', { name: 'Отключить: Гороскоп' }).waitFor()

    await paid().getByRole('button', { name: 'Отключить все' }).click()
    // What goes for all is said once; what ends is told by name.
    await page.getByText('Уже списанные деньги не возвращаются.').waitFor()
    await page.getByText(/^«Гороскоп»: больше не будет списываться/).waitFor()
    await confirm('Отключить')
    await paid().getByText('Отключаем…').first().waitFor()
    await paid().getByRole('button', { name: 'Запретить подписки' }).click()
    await page.getByRole('dialog').getByText('Те, что уже есть, останутся', { exact: false }).waitFor()
    await confirm('Запретить')

    await paid().getByText('Подписок нет.', { exact: false }).waitFor({ timeout: 30_000 })
    await paid().getByText('Новые подписки запрещены', { exact: false }).waitFor({ timeout: 30_000 })
    expect(await violationsOf(page)).toEqual([])
  })

  test('says which discounts there are, by how much, why and until when', async () => {
    await inTransaction(otklik.db, (tx) =>
      giveDiscount(tx, otklik.lines, { lineId, ref: uuid(), code: 'a-discount' }),
    )
    await page.reload()
    const discounts = page.getByRole('region', { name: 'Скидки' })
    await discounts.getByText('Пять лет вместе').waitFor()
    await discounts.getByText('Давно с нами').waitFor()
    await discounts.getByText(/^−50\s%, до \d+/).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('is one story with the desk: what was done is on the agent’s timeline, what the agent does appears at once', async () => {
    await tab('Помощь').click()
    await page.getByRole('link', { name: /Написать нам/ }).click()
    await page.getByLabel('Сообщение').fill('Верните деньги за гороскоп')
    await page.getByRole('button', { name: 'Отправить' }).click()
    const { id } = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find((one) => one.preview === 'Верните деньги за гороскоп')
    })
    const params = { id }
    await anna.call(conversations.claimConversation, { params })
    const { entries } = await anna.call(conversations.readTimeline, { params })
    // A later state of an order stands behind the earlier one: the last is how it ended.
    const states = new Map(
      entries.flatMap(({ body }) => (body?.type === 'order' ? [[body.order.id, body.order] as const] : [])),
    )
    expect([...states.values()].map(({ request, state }) => `${request.kind} ${state}`)).toEqual([
      'stop-content undone',
      'stop-all-content done',
      'ban-content done',
    ])
    const { replyLaneId } = await anna.call(conversations.getConversation, { params })
    await anna.call(conversations.sendMessage, {
      params,
      body: { id: uuid(), laneId: replyLaneId, text: 'Вернём. Подключаю вам 5 ГБ', undoMs: 0 },
    })
    await page.getByText('Вернём. Подключаю вам 5 ГБ').waitFor()

    await tab('Услуги').click()
    const connected = page.getByRole('region', { name: 'Подключено' })
    await connected.getByText('Дополнительных услуг нет.').waitFor()
    await anna.call(orders.placeOrder, {
      params: { id: lineId },
      body: { id: uuid(), request: { kind: 'connect-option', code: 'an-option' } },
    })
    await connected.getByText('Ещё 5 ГБ').waitFor()
  })

  test('opens without a network with what was seen last, and catches up', async () => {
    await tab('Главная').click()
    await page.getByText('Баланс').waitFor()
    await page.waitForFunction('navigator.serviceWorker.controller !== null')
    await page.reload()
    await page.getByText('Баланс').waitFor()
    await context.setOffline(true)
    await page.reload()
    await page.getByText('Баланс').waitFor()
    await page.getByText('Нет сети. Показываем последнее, что знаем.').waitFor()
    expect(await page.getByText('Данные на').count()).toBe(0)
    // Opened again some minutes later it says how old it is.
    const later = await context.newPage()
    await later.clock.setFixedTime(Date.now() + 600_000)
    await later.goto(`${otklik.url}/my/`)
    await later.getByText('Баланс').waitFor()
    await later.getByText(/Данные на .*\d\d:\d\d/).waitFor()
    expect(await violationsOf(later)).toEqual([])
    await later.close()
    await tab('Финансы').click()
    await page.getByText('Как только она появится, обновим.').first().waitFor()
    await context.setOffline(false)
    await page.getByText('На что ушли деньги').waitFor()
    await tab('Главная').click()
    await page.reload()
    await page.getByText('Баланс').waitFor()
  })

  test('keeps what somebody wrote without a network, sends it from whatever screen, and keeps what they began to write', async () => {
    await tab('Помощь').click()
    await page.getByRole('link', { name: 'Написать нам' }).click()
    const field = page.getByRole('textbox', { name: 'Сообщение' })
    await field.fill('Не застал вас без связи')
    await tab('Главная').click()
    await page.getByText('Баланс').waitFor()
    await tab('Помощь').click()
    await page.getByRole('link', { name: 'Написать нам' }).click()
    expect(await field.inputValue()).toBe('Не застал вас без связи')
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.getByText('Ждёт сети').waitFor()
    await tab('Главная').click()
    await page.reload()
    await page.getByText('Баланс').waitFor()
    await context.setOffline(false)
    const written = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find(({ preview }) => preview === 'Не застал вас без связи')
    })
    expect(written).toBeDefined()
    await tab('Помощь').click()
    await page.getByRole('link', { name: 'Написать нам' }).click()
    await page.getByRole('log').getByText('Не застал вас без связи').waitFor()
    expect(await page.getByText('Ждёт сети').count()).toBe(0)
    expect(await page.evaluate<string | null>("sessionStorage.getItem('my-unsent')")).toBe(null)
  })

  test('stands on a narrow screen and with large text: nothing goes beyond the edge', async () => {
    const beyond = () =>
      page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    const sections = [
      '',
      'services',
      'market',
      'market/sell',
      'finance',
      'finance/top-up',
      'help',
      'settings',
    ]
    for (const [width, size] of [
      [320, '100%'],
      [390, '200%'],
    ] as const) {
      await page.setViewportSize({ width, height: 700 })
      for (const section of sections) {
        await page.goto(`${otklik.url}/my/${section}`)
        await page.getByRole('main').locator('h1, h2').first().waitFor()
        await page.waitForLoadState('networkidle')
        await page.addStyleTag({ content: `html { font-size: ${size} }` })
        expect(await beyond(), `${section} at ${width} px, ${size}`).toBe(0)
      }
    }
    await page.setViewportSize(PHONE.viewport)
    await page.goto(`${otklik.url}/my/`)
  })

  test('forgets the person when they sign out', async () => {
    await tab('Настройки').click()
    await page.getByRole('button', { name: 'Выйти', exact: true }).click()
    await page.waitForURL(/\/my\/$/)
    await page.getByLabel('Номер телефона').waitFor()
    const kept = await page.evaluate<string[]>('caches.keys()')
    expect(kept.filter((name) => name.startsWith('my-data'))).toEqual([])
  })

  test('tells of news on this device when the person wants it, and no longer when not', async () => {
    await context.grantPermissions(['notifications'], { origin: otklik.url })
    // The push service of the browser's maker is not reached from here: this is what it would answer.
    await page.addInitScript(`PushManager.prototype.subscribe = async () => ({
      toJSON: () => ({ endpoint: '${world.url}/push/1', keys: { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) } }),
      unsubscribe: async () => true,
    })`)
    await signIn()
    await page.getByText('Баланс').waitFor()
    await tab('Настройки').click()
    await page.getByRole('heading', { name: 'Мои данные' }).waitFor()
    await page.getByRole('button', { name: 'Включить' }).click()
    await page.getByText('Включены на этом устройстве').waitFor()
    const targets = () => rows(otklik.db, sql`select endpoint from my.push_target`)
    expect(await targets()).toEqual([{ endpoint: `${world.url}/push/1` }])
    await page.getByRole('button', { name: 'Выключить' }).click()
    await page.getByText('Выключены на этом устройстве').waitFor()
    expect(await targets()).toEqual([])
  })

  test('gives a person their data, and the app’s account its end', async () => {
    expect(await violationsOf(page)).toEqual([])
    // The code that opened the app is a fresh one still.
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Скачать', exact: true }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('my-data.json')
    const data: unknown = JSON.parse(await readFile(await file.path(), 'utf8'))
    expect(JSON.stringify(data)).toContain(MSISDN)
    await page.getByRole('button', { name: 'Удалить', exact: true }).click()
    await confirm('Удалить аккаунт')
    await page.getByRole('button', { name: 'Получить код' }).waitFor()
    expect(await rows(otklik.db, sql`select 1 from my.session`)).toEqual([])
  })
})
