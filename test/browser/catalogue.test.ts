import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findInForce, publishCatalogue, readCatalogue } from '../../server/operator/catalogue/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { anOption, aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

const breeze = aTariff({
  code: 'breeze',
  title: { ru: 'Бриз', en: 'Breeze' },
  summary: { ru: 'На каждый день', en: 'For every day' },
  feeKopecks: 45_000,
})
const few = anOption({ code: 'sms-100', title: { ru: '100 SMS', en: '100 SMS' }, excludes: ['sms-500'] })
const many = anOption({ code: 'sms-500', title: { ru: '500 SMS', en: '500 SMS' }, excludes: ['sms-100'] })
let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})
beforeEach(() => publish([breeze, few, many]))

/** Publishes behind the designer's back. */
async function publish(offerings: Parameters<typeof publishCatalogue>[2]['offerings']) {
  const { db, clock } = otklik
  const { version } = await readCatalogue(db)
  const draft = { basedOn: version, offerings, by: 'Мария Лескова' }
  await inTransaction(db, (tx) => publishCatalogue(tx, { clock, countLinesOf: async () => new Map() }, draft))
}

async function aDesigner(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'ru-RU', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${otklik.url}/desk/`)
  await page.getByLabel('Почта').fill(otklik.logins.pavel.email)
  await page.locator('input[type=password]').fill(otklik.logins.pavel.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  // Their day begins elsewhere.
  await page.waitForURL(/\/assistant/)
  await page.goto(`${otklik.url}/desk/settings/catalogue`)
  await page.getByRole('heading', { name: 'Каталог' }).waitFor()
  return page
}

const open = (page: Page, title: string) =>
  page.getByRole('listitem').getByRole('link', { name: title }).click()
const look = (page: Page) => page.getByRole('button', { name: 'Посмотреть и опубликовать' }).click()
const publishIt = (page: Page) => page.getByRole('button', { name: /^Опубликовать версию/ }).click()
async function inForce(code: string) {
  const offering = await findInForce(otklik.db, code)
  return offering?.terms
}

describe('the catalogue’s editor', () => {
  test('a designer changes a tariff, sees the difference in words, publishes it, and finds it in the history', async () => {
    const page = await aDesigner()
    await open(page, 'Бриз')
    await page.getByLabel('Плата').fill('490')
    await page.getByLabel('Сколько: Интернет').fill('40')
    await look(page)
    const changed = page.getByRole('region', { name: 'Изменится' })
    await changed.getByText('490 ₽').waitFor()
    expect((await changed.innerText()).replace(/\s+/g, ' ')).toContain('Плата было 450 ₽ станет 490 ₽')
    expect((await changed.innerText()).replace(/\s+/g, ' ')).toContain(
      'Пакет «Интернет» было 30 ГБ станет 40 ГБ',
    )
    await publishIt(page)
    await page.getByText('490 ₽ в месяц').waitFor()
    await expect.poll(() => inForce('breeze')).toMatchObject({ feeKopecks: 49_000 })
    const [note] = await rows(
      otklik.db,
      sql<{ actor: string }>`
        select actor_name as actor from audit.change where act = 'catalogue.published' order by id desc limit 1`,
    )
    expect(note?.actor).toBe('Павел Зимин')
    await page.getByRole('link', { name: 'История версий' }).click()
    const newest = page.getByRole('group').first()
    await newest.getByText('Павел Зимин').click()
    await newest.getByText('490 ₽').waitFor()
    await page.context().close()
  }, 120_000)

  test('a new option is told what is wrong beside its fields, and is published once it is put right', async () => {
    const page = await aDesigner({ colorScheme: 'dark' })
    await page.getByRole('link', { name: /^Опции/ }).click()
    await page.getByRole('button', { name: 'Добавить опцию' }).click()
    await page.getByLabel('Название по-русски').fill('Все SMS')
    await page.getByLabel('Название по-английски').fill('All SMS')
    expect(await page.getByLabel('Код').inputValue()).toBe('all-sms')
    await look(page)
    await page.getByText('Плата: укажите число').waitFor()
    expect(await page.getByRole('button', { name: /^Опубликовать версию/ }).isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'Все SMS' }).click()
    await page.getByLabel('Плата').fill('12,5')
    const needs = page.getByRole('combobox', { name: 'Нужны' })
    await needs.click()
    await page.getByRole('option', { name: '100 SMS' }).click()
    await page.getByRole('option', { name: '500 SMS' }).click()
    await page.keyboard.press('Escape')
    await page.getByText('500 SMS: подключить не выйдет').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await needs.press('Backspace')
    await look(page)
    await page.getByRole('region', { name: 'Появится' }).getByText('12,50 ₽ в месяц').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await publishIt(page)
    await page.getByRole('listitem').getByText('Все SMS').waitFor()
    await expect.poll(() => inForce('all-sms')).toMatchObject({ feeKopecks: 1250, requires: ['sms-100'] })
    await page.context().close()
  }, 120_000)

  test('says once before publishing what several rows of a field have wrong', async () => {
    const page = await aDesigner()
    await open(page, 'Бриз')
    for (const what of ['Звонки', 'SMS'])
      await page.getByRole('checkbox', { name: `Есть цена: ${what}` }).setChecked(false)
    for (const what of ['Звонки', 'SMS'])
      await page.getByRole('checkbox', { name: `Есть цена: ${what}` }).setChecked(true)
    await look(page)
    const wrong = page.getByRole('region', { name: 'Сначала поправьте' })
    await wrong.getByRole('link', { name: 'Бриз' }).waitFor()
    expect(await wrong.getByRole('listitem').getByRole('listitem').allInnerTexts()).toEqual([
      'Сверх пакетов: укажите число',
    ])
    await page.context().close()
  }, 120_000)

  test('a version that came out meanwhile is told; the changes move onto it and replace nothing unseen', async () => {
    const page = await aDesigner()
    await open(page, 'Бриз')
    await page.getByLabel('Плата').fill('500')
    await publish([{ ...breeze, title: { ru: 'Бриз плюс', en: 'Breeze plus' } }, few, many])
    await look(page)
    await page.getByText(/вышла версия .* \(Мария Лескова\)/).waitFor()
    await page.getByRole('button', { name: 'Перенести мои правки' }).click()
    await page.getByText('Эти записи изменили вы оба').waitFor()
    const changed = page.getByRole('region', { name: 'Изменится' })
    await changed.getByText('Бриз плюс').waitFor()
    await page.getByRole('link', { name: 'К каталогу' }).click()
    await open(page, 'Бриз')
    await page.getByLabel('Название по-русски').fill('Бриз плюс')
    await page.getByLabel('Название по-английски').fill('Breeze plus')
    await look(page)
    await publishIt(page)
    await page.getByText('500 ₽ в месяц').waitFor()
    await expect
      .poll(() => inForce('breeze'))
      .toMatchObject({ title: { ru: 'Бриз плюс' }, feeKopecks: 50_000 })
    await page.context().close()
  }, 120_000)

  test('a draft outlives a look into another room, can be discarded and taken back, and the browser asks before it closes', async () => {
    const page = await aDesigner(PHONE)
    await open(page, 'Бриз')
    await page.getByRole('button', { name: 'В архив' }).click()
    await page.getByRole('link', { name: 'Профиль' }).click()
    await page.getByRole('link', { name: 'Каталог', exact: true }).click()
    await page.getByText('1 правка не опубликована').waitFor()
    await page.getByRole('button', { name: 'Отменить все' }).click()
    await page.getByRole('button', { name: 'Вернуть' }).click()
    await look(page)
    await page.getByRole('region', { name: 'Уйдёт в архив' }).getByText('Бриз').waitFor()
    expect(await violationsOf(page)).toEqual([])
    const asked = page.waitForEvent('dialog')
    void page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.accept()
    expect(await inForce('breeze')).toMatchObject({ archived: false })
  }, 120_000)

  test('is in English too', async () => {
    const page = await aDesigner()
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog').getByRole('combobox').fill('English')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Catalogue' }).waitFor()
    await open(page, 'Breeze')
    await page.getByLabel('Title in English').waitFor()
    expect(await page.getByRole('main').innerText()).not.toMatch(/[а-яё]/i)
    await page.context().close()
  }, 120_000)
})
