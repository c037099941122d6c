import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { signInToMy } from './sign-in-to-my.ts'
import { violationsOf } from './violations.ts'

const SENDER = '79000000221'
const RECEIVER = '79000000222'
let world: World
let otklik: TestOtklik
let browser: Browser
let page: Page
let receiverId: string

beforeAll(async () => {
  browser = await launchBrowser()
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedOfferings(otklik)
  const senderId = await anOperatorLine(otklik, { msisdn: SENDER, name: 'Анна Ветрова' })
  receiverId = await anOperatorLine(otklik, { msisdn: RECEIVER, name: 'Пётр Лугов' })
  // A number sends money only some time after it was connected.
  await rows(
    otklik.db,
    sql`update lines.line set opened_at = opened_at - interval '90 days' where id = ${senderId}`,
  )
  page = await (await browser.newContext({ ...PHONE, locale: 'ru-RU' })).newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInToMy(page, otklik.url, world, SENDER)
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Финансы' }).click()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const sheet = () => page.getByRole('dialog')
const press = (name: string) => sheet().getByRole('button', { name, exact: true }).click()
const fill = async ({ to, sum }: { to?: string; sum?: string }) => {
  if (to !== undefined) await sheet().getByLabel('Кому').fill(to)
  if (sum !== undefined) await sheet().getByLabel('Сумма, ₽').fill(sum)
  await press('Дальше')
}
const balances = async () => {
  const { value } = (await otklik.my.edge.readLine(otklik.db, receiverId)) ?? {}
  return value?.balanceKopecks
}

describe('sending money to another number in My', () => {
  test('wants all of it first, and lets what is refused be changed: amount and number stay as they were written', async () => {
    await page.getByRole('button', { name: 'Перевести на другой номер' }).click()
    await sheet().getByRole('button', { name: 'Дальше', exact: true, disabled: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await fill({ to: '8 900 000-02-99', sum: '5' })
    await sheet().getByText('Такого номера у нас нет.').waitFor()
    await sheet()
      .getByText(/^Можно от 10\s₽ до 5\s000\s₽\.$/)
      .waitFor()
    expect(await sheet().getByRole('button', { name: 'Перевести', exact: true }).count()).toBe(0)
    expect(await violationsOf(page)).toEqual([])
    await press('Изменить')
    expect(await sheet().getByLabel('Кому').inputValue()).toBe('8 900 000-02-99')
    expect(await sheet().getByLabel('Сумма, ₽').inputValue()).toBe('5')
    await fill({ to: SENDER })
    await sheet().getByText('Это ваш собственный номер.').waitFor()
    await press('Изменить')
    await fill({ to: '900 000-02-22', sum: '5000' })
    await sheet().getByText('Не хватает денег', { exact: false }).waitFor()
    await press('Изменить')
  })

  test('says what leaves, what it costs and to whom, and sends it once', async () => {
    const before = await balances()
    await fill({ sum: '150,50' })
    await sheet()
      .getByRole('heading', { name: /^Перевести 150,50\s₽ на \+7\s900\s000.02.22\?$/ })
      .waitFor()
    await sheet()
      .getByText(/^С вашего баланса уйдёт 150,50\s₽$/)
      .waitFor()
    await sheet()
      .getByText(/^Комиссия 5\s₽$/)
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
    await sheet().getByRole('button', { name: 'Перевести', exact: true }).dblclick()
    await page.getByText('Перевели', { exact: true }).waitFor()
    await sheet().waitFor({ state: 'detached' })
    await expect.poll(balances).toBe((before ?? 0) + 15_050)
  })

  test('asks for a code where the last one was a while ago', async () => {
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    await page.reload()
    const before = world.sms.sentTo(SENDER).length
    await page.getByRole('button', { name: 'Перевести на другой номер' }).click()
    await fill({ to: RECEIVER, sum: '20' })
    const sms = await eventually(async () => world.sms.sentTo(SENDER)[before])
    await sheet().getByLabel('Код из сообщения').fill(/\d{6}/.exec(sms.text)![0])
    await press('Перевести')
    await page.getByText('Перевели', { exact: true }).waitFor()
  })

  test('asks for it also where the minutes of the last one ran out over the question', async () => {
    const before = world.sms.sentTo(SENDER).length
    const sum = await balances()
    await page.getByRole('button', { name: 'Перевести на другой номер' }).click()
    await fill({ to: RECEIVER, sum: '30' })
    await sheet().getByRole('button', { name: 'Перевести', exact: true }).waitFor()
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    await press('Перевести')
    const sms = await eventually(async () => world.sms.sentTo(SENDER)[before])
    await sheet().getByLabel('Код из сообщения').fill(/\d{6}/.exec(sms.text)![0])
    await page.getByText('Перевели', { exact: true }).waitFor()
    await sheet().waitFor({ state: 'detached' })
    await expect.poll(balances).toBe((sum ?? 0) + 3_000)
  })
})
