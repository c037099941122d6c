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

const OWNER = '79000000211'
const FRIEND = '79000000212'
let world: World
let otklik: TestOtklik
let browser: Browser
let anna: Page
let pyotr: Page

beforeAll(async () => {
  browser = await launchBrowser()
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedOfferings(otklik)
  await anOperatorLine(otklik, { msisdn: OWNER, name: 'Анна Ветрова' })
  await anOperatorLine(otklik, { msisdn: FRIEND, name: 'Пётр Лугов' })
  anna = await aPhone(OWNER)
  pyotr = await aPhone(FRIEND)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

async function aPhone(msisdn: string): Promise<Page> {
  const page = await (await browser.newContext({ ...PHONE, locale: 'ru-RU' })).newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInToMy(page, otklik.url, world, msisdn)
  return page
}
const toSettings = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Настройки' }).click()
  await page.getByRole('heading', { name: 'Мои данные' }).waitFor()
}
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const invite = async () => {
  const form = anna.getByRole('form', { name: 'Открыть доступ близкому' })
  await form.getByLabel('Номер этого человека').fill('8 900 000-02-12')
  await form.getByRole('button', { name: 'Пригласить' }).click()
}
const access = () => anna.getByRole('region', { name: 'Доступ к номеру' })
const accept = async () => {
  await pyotr.reload()
  await pyotr.getByRole('button', { name: /^Согласиться/ }).click()
  await pyotr.getByRole('combobox', { name: 'Номер' }).waitFor()
}

describe('access to a number in My', () => {
  test('is given after a code, to whoever agrees on their own phone', async () => {
    await toSettings(anna)
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    await anna.reload()
    const before = world.sms.sentTo(OWNER).length
    await invite()
    const sms = await eventually(async () => world.sms.sentTo(OWNER)[before])
    await anna.getByRole('dialog').getByLabel('Код из сообщения').fill(/\d{6}/.exec(sms.text)![0])
    await anna.getByRole('dialog').getByText('Человек увидит баланс', { exact: false }).waitFor()
    await confirm(anna, 'Пригласить')
    await access().getByText('ждём согласия', { exact: false }).waitFor()
    expect(await violationsOf(anna)).toEqual([])

    await toSettings(pyotr)
    await pyotr.getByRole('heading', { name: 'Вам открывают доступ' }).waitFor()
    expect(await violationsOf(pyotr)).toEqual([])
    await accept()
    await access().getByText('Пётр Лугов').waitFor()
  })

  test('shows the other person the balance, and is given up by them', async () => {
    await pyotr.getByRole('combobox', { name: 'Номер' }).selectOption({ index: 1 })
    await pyotr.getByRole('heading', { name: 'Это номер другого человека' }).waitFor()
    expect(await violationsOf(pyotr)).toEqual([])
    // What is the owner's alone says so; it does not fail to load.
    const tab = (name: string) =>
      pyotr.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name }).click()
    for (const name of ['Услуги', 'Маркет']) {
      await tab(name)
      await pyotr.getByRole('heading', { name, exact: true }).waitFor()
      await pyotr.getByText('Остальное доступно только владельцу', { exact: false }).waitFor()
      expect(await pyotr.getByText('Не получилось загрузить').count()).toBe(0)
    }
    await tab('Настройки')
    await pyotr.getByRole('button', { name: 'Отказаться от доступа' }).click()
    await confirm(pyotr, 'Отказаться')
    await pyotr.getByRole('combobox', { name: 'Номер' }).waitFor({ state: 'detached' })
    await access().getByText('Пётр Лугов').waitFor({ state: 'detached' })
  })

  test('is ended by the owner at once', async () => {
    await invite()
    await confirm(anna, 'Пригласить')
    await access().getByText('ждём согласия', { exact: false }).waitFor()
    await accept()
    await pyotr.getByRole('combobox', { name: 'Номер' }).selectOption({ index: 1 })
    await pyotr.getByRole('heading', { name: 'Это номер другого человека' }).waitFor()
    await access().getByRole('button', { name: 'Закрыть: Пётр Лугов' }).click()
    await confirm(anna, 'Закрыть доступ')
    await access().getByText('Пётр Лугов').waitFor({ state: 'detached' })
    // Who looks at it is told at once, and goes on with their own number.
    await pyotr.getByText(/02.11 вам больше недоступен$/).waitFor()
    await pyotr.getByRole('combobox', { name: 'Номер' }).waitFor({ state: 'detached' })
    await pyotr.getByRole('heading', { name: 'Мои данные' }).waitFor()
    expect(await pyotr.getByText('Не получилось загрузить').count()).toBe(0)
    expect(await violationsOf(pyotr)).toEqual([])
  })
})
