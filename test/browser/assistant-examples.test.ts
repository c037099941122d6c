import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rows, sql } from '../../server/platform/database/index.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDesigner, picture } from './designer.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  ;[browser, otklik] = await Promise.all([launchBrowser(), anOtklik()])
  await otklik.understanding.drain()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

const toExamples = async (page: Page) => {
  await page.goto(`${otklik.url}/desk/assistant/examples`)
  await page.getByRole('table').waitFor()
}

describe('what the assistant understands', () => {
  test('is shown by what is taken for what, with what helps', async () => {
    const page = await aDesigner(browser, otklik)
    await toExamples(page)
    const table = page.getByRole('table')
    const cells = table.getByRole('button')
    expect(await cells.count()).toBeGreaterThan(5)
    const cell = cells.nth(3)
    const name = (await cell.getAttribute('aria-label')) ?? ''
    const [meant = ''] = name.split(', понято как ')
    await cell.click()
    expect(await cell.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('link', { name: `Примеры «${meant}»` }).waitFor()
    await picture(page, 'confusions')
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  }, 120_000)

  test('gets a new intent with its examples; those that another has stay there', async () => {
    const page = await aDesigner(browser, otklik)
    await toExamples(page)
    await page.getByRole('button', { name: 'Новое намерение' }).click()
    const dialog = page.getByRole('dialog')
    const create = dialog.getByRole('button', { name: 'Создать' })
    await dialog.getByLabel('Чего хочет человек: Русский').fill('Подключить домашний интернет')
    await dialog.getByLabel('Чего хочет человек: Английский').fill('Balance')
    await dialog.getByText('Такой ключ уже есть').waitFor()
    expect(await create.isDisabled()).toBe(true)
    await dialog.getByLabel('Чего хочет человек: Английский').fill('Home internet')
    expect(await dialog.getByLabel('Ключ').inputValue()).toBe('home-internet')
    await dialog
      .getByLabel('Примеры, по одному на строке')
      .fill('проведите оптику в квартиру\n\nхочу проводной интернет домой\nкакой баланс\n')
    await picture(page, 'new-intent')
    expect(await violationsOf(page)).toEqual([])
    await create.click()
    await page.getByText(/не добавлено: какой баланс/).waitFor()
    await page.getByRole('heading', { name: 'Подключить домашний интернет' }).waitFor()
    await page.getByText('хочу проводной интернет домой').waitFor()
    const taught = await rows(
      otklik.db,
      sql<{
        text: string
      }>`select text from understanding.example where intent = 'home-internet' order by id`,
    )
    expect(taught.map(({ text }) => text)).toEqual([
      'проведите оптику в квартиру',
      'хочу проводной интернет домой',
    ])
    await page.context().close()
  }, 120_000)

  test('is called what a designer calls it', async () => {
    const page = await aDesigner(browser, otklik)
    await page.goto(`${otklik.url}/desk/assistant/examples/roaming`)
    await page.getByRole('button', { name: 'Название и тема…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Чего хочет человек: Русский').fill('Связь в поездке')
    await picture(page, 'intent')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { name: 'Связь в поездке' }).waitFor()
    await page.getByRole('region', { name: 'Намерения' }).getByText('Связь в поездке').waitFor()
    await page.context().close()
  }, 120_000)

  test('says where a phrase is already, and keeps what was not taken', async () => {
    const page = await aDesigner(browser, otklik)
    await page.goto(`${otklik.url}/desk/assistant/examples/roaming`)
    const field = page.getByRole('textbox', { name: /^Новый пример/ })
    await field.fill('какой баланс')
    await page.getByRole('button', { name: 'Добавить' }).click()
    await page.getByText(/^Такая фраза уже есть в намерении «Баланс/).waitFor()
    expect(await field.inputValue()).toBe('какой баланс')
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  }, 120_000)

  test('is read on a phone in the dark', async () => {
    const page = await aDesigner(browser, otklik, { ...PHONE, colorScheme: 'dark' })
    await toExamples(page)
    await page.getByRole('table').scrollIntoViewIfNeeded()
    await picture(page, 'confusions-phone')
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Новое намерение' }).click()
    await page.getByRole('dialog').getByLabel('Ключ').waitFor()
    await picture(page, 'new-intent-phone')
    await page.context().close()
  }, 120_000)
})
