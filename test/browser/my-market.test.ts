import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { ROOMY } from '../factories/market.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

const NAME = '<b>Анна</b>'
let world: World
let otklik: TestOtklik
let browser: Browser
let seller: Page
let buyer: Page

beforeAll(async () => {
  browser = await launchBrowser()
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  await anOperatorLine(otklik, { msisdn: '79000000101', name: `${NAME} Ветрова` })
  await anOperatorLine(otklik, { msisdn: '79000000102', name: 'Пётр Лукин' })
  const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  await admin.call(contracts.marketConsole.publishMarketRules, { body: { basedOn: 0, rules: ROOMY } })
  seller = await aPhone('79000000101')
  buyer = await aPhone('79000000102')
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

/** Somebody's phone, signed in and at the Market. */
async function aPhone(msisdn: string): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${otklik.url}/my/`)
  await page.getByLabel('Номер телефона').fill(`+${msisdn}`)
  await page.getByRole('button', { name: 'Получить код' }).click()
  await page.getByLabel('Код из сообщения').fill(await codeSentTo(msisdn, 0))
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Маркет' }).click()
  await page.getByRole('heading', { name: 'Маркет' }).waitFor()
  return page
}

async function codeSentTo(msisdn: string, before: number): Promise<string> {
  const sms = await eventually(async () => world.sms.sentTo(msisdn)[before])
  return /\d{6}/.exec(sms.text)?.[0] ?? ''
}

const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Маркет' }).getByRole('link', { name }).click()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const inSheet = (page: Page) => page.getByRole('dialog')
const lotOf = (page: Page, words: RegExp) => page.getByRole('button', { name: words })

/** Puts a lot up as a person does. */
async function putUp(units: string, roubles: string): Promise<void> {
  await part(seller, 'Продать')
  await seller.getByLabel('Сколько, ГБ').fill(units)
  await seller.getByLabel('Цена за всё, ₽').fill(roubles)
  await press(seller, /^Выставить за/)
  await lotOf(seller, new RegExp(`Изменить лот: ${units}\\s`)).waitFor()
}

/** Asks another price for a lot. */
async function reprice(lot: RegExp, roubles: string): Promise<void> {
  await lotOf(seller, lot).click()
  await inSheet(seller).getByLabel('Цена за всё, ₽').fill(roubles)
  await inSheet(seller).getByRole('button', { name: 'Сохранить' }).click()
  await seller.getByText('Сохранили').waitFor()
}

describe('two phones on the Market', () => {
  test('who sells is told how much may be sold, what it brings and when it is likely to be bought', async () => {
    await buyer.getByText('Сейчас таких лотов нет').waitFor()
    expect(await violationsOf(buyer)).toEqual([])
    await part(seller, 'Продать')
    await seller.getByText('Можно продать 30 ГБ из 30 ГБ').waitFor()
    await seller.getByLabel('Сколько, ГБ').fill('31')
    await seller.getByText(/^В лоте может быть от 1\sГБ до 30\sГБ/).waitFor()
    await seller.getByLabel('Сколько, ГБ').fill('2')
    await seller.getByLabel('Цена за всё, ₽').fill('1')
    await seller.getByText(/^За этот объём можно просить от 30\s₽ до 100\s₽/).waitFor()
    await seller.getByLabel('Цена за всё, ₽').fill('40')
    await seller.getByText('Когда купят, предсказать нельзя').waitFor()
    await seller.getByText(/за вычетом комиссии 2\s₽/).waitFor()
    await press(seller, 'кот')
    await press(seller, 'крутой')
    await seller.getByLabel('Показать моё имя').check()
    expect(await violationsOf(seller)).toEqual([])
    await press(seller, /^Выставить за 40/)
    await lotOf(seller, /Изменить лот: 2\sГБ за 40/).waitFor()
    expect(await violationsOf(seller)).toEqual([])
  })

  test('the other sees it without a reload, with the name as plain text', async () => {
    await buyer.getByText(NAME, { exact: true }).waitFor()
    await buyer.getByRole('img', { name: 'кот, крутой' }).waitFor()
    await buyer.getByRole('button', { name: /^2\sГБ\s*1 лот/ }).waitFor()
    expect(await violationsOf(buyer)).toEqual([])
  })

  test('a price that changed before the tap on “buy” is refused and shown; what is bought is what was agreed to anew', async () => {
    await lotOf(buyer, /^Купить 2\sГБ за 40/).click()
    await inSheet(buyer).getByText('Купленное нельзя перепродать', { exact: false }).waitFor()
    await inSheet(buyer)
      .getByRole('button', { name: /^Купить за 40/ })
      .waitFor()
    expect(await violationsOf(buyer)).toEqual([])

    await reprice(/Изменить лот: 2\sГБ за 40/, '50')
    await inSheet(buyer)
      .getByRole('button', { name: /^Купить за 40/ })
      .click()
    await inSheet(buyer)
      .getByText(/цена изменилась: было 40\s₽, стало 50\s₽/)
      .waitFor()
    expect(await violationsOf(buyer)).toEqual([])

    await inSheet(buyer)
      .getByRole('button', { name: /^Купить за 50/ })
      .click()
    await inSheet(buyer)
      .getByText(/^2\sГБ уже на вашем номере/)
      .waitFor()
    await inSheet(buyer)
      .getByText(/^1\s436\s₽$/)
      .waitFor()
    await inSheet(buyer).getByRole('button', { name: 'Готово' }).click()
    await buyer.getByText('Сейчас таких лотов нет').waitFor()
    await seller.getByText('У вас нет лотов').waitFor()
  })

  test('both have their receipts: the seller’s less the fee', async () => {
    await part(buyer, 'Сделки')
    await lotOf(buyer, /^2\sГБ, сделка №/).click()
    await inSheet(buyer).getByText(NAME, { exact: true }).waitFor()
    await inSheet(buyer).getByRole('button', { name: 'Закрыть' }).click()
    await part(seller, 'Сделки')
    await press(seller, 'Продано')
    await seller.getByText(/1 сделка · 47,50\s₽/).waitFor()
    await lotOf(seller, /^2\sГБ, сделка №/).click()
    await inSheet(seller)
      .getByText(/^47,50\s₽$/)
      .waitFor()
    expect(await violationsOf(seller)).toEqual([])
    await inSheet(seller).getByRole('button', { name: 'Закрыть' }).click()
  })

  test('the cheapest are put together under a ceiling, never more than was asked for', async () => {
    await putUp('3', '90')
    await putUp('4', '200')
    await part(buyer, 'Купить')
    await press(buyer, 'Набрать подешевле')
    await inSheet(buyer).getByLabel('Сколько, ГБ').fill('7')
    await inSheet(buyer).getByLabel('Не дороже, ₽ за ГБ').fill('30')
    expect(await violationsOf(buyer)).toEqual([])
    await inSheet(buyer).getByRole('button', { name: 'Подобрать' }).click()
    await inSheet(buyer)
      .getByText(/Сейчас есть только 3\sГБ из 7\sГБ/)
      .waitFor()
    await inSheet(buyer).getByRole('button', { name: 'Закрыть' }).click()
  })

  test('a lost answer is asked for again and paid once', async () => {
    await lotOf(buyer, /^Купить 3\sГБ за 90/).click()
    const purchases = '**/api/v1/my/market/purchases'
    // The purchase is done, its answer gets lost on the way.
    await buyer.route(purchases, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await inSheet(buyer)
      .getByRole('button', { name: /^Купить за 90/ })
      .click()
    await inSheet(buyer).getByText('Ответ не дошёл', { exact: false }).waitFor()
    await buyer.unroute(purchases)
    await inSheet(buyer).getByRole('button', { name: 'Повторить покупку' }).click()
    await inSheet(buyer)
      .getByText(/^3\sГБ уже на вашем номере/)
      .waitFor()
    await inSheet(buyer).getByRole('button', { name: 'Готово' }).click()
    await part(buyer, 'Сделки')
    await buyer.getByText(/2 сделки · −140\s₽/).waitFor()
  })

  test('what was paid of late is said in a sentence, drawn and put in a table, by size and time', async () => {
    await part(buyer, 'Купить')
    await press(buyer, 'Как менялась цена')
    await inSheet(buyer)
      .getByText(/^28\s₽$/)
      .first()
      .waitFor()
    await inSheet(buyer)
      .getByText(/в среднем за ГБ, 2 сделки\. Платили от 25\s₽ до 30\s₽\./)
      .waitFor()
    await inSheet(buyer).getByText('Таблицей').click()
    await inSheet(buyer)
      .getByRole('row', { name: /сегодня 28\s₽ 25\s₽ – 30\s₽ 2/ })
      .waitFor()
    expect(await violationsOf(buyer)).toEqual([])
    await inSheet(buyer).getByRole('button', { name: '2 дня' }).click()
    await inSheet(buyer)
      .getByText(/в среднем за ГБ, 2 сделки/)
      .waitFor()
    await inSheet(buyer).getByLabel('Размер лота').selectOption('4')
    await inSheet(buyer).getByText('За это время таких не покупали').waitFor()
    expect(await violationsOf(buyer)).toEqual([])
    await inSheet(buyer).getByRole('button', { name: 'Закрыть' }).click()
  })

  test('a lot is raised for what it says, stands above the others, and goes back into the package', async () => {
    await part(buyer, 'Купить')
    await part(seller, 'Мои лоты')
    await lotOf(seller, /Изменить лот: 4\sГБ за 200/).click()
    expect(await violationsOf(seller)).toEqual([])
    await inSheet(seller)
      .getByRole('button', { name: /^Поднять за 5\s₽/ })
      .click()
    await seller.getByText('Лот поднят').waitFor()
    await buyer.getByRole('region', { name: 'Подняты продавцами' }).waitFor()
    expect(await violationsOf(buyer)).toEqual([])
    await inSheet(seller).getByRole('button', { name: 'Снять с продажи' }).click()
    await inSheet(seller).getByRole('button', { name: 'Снять', exact: true }).click()
    await seller.getByText('У вас нет лотов').waitFor()
    await buyer.getByText('Сейчас таких лотов нет').waitFor()
    await press(seller, 'Прошлые')
    await seller.getByText('снят', { exact: true }).waitFor()
  })

  test('of a lot that is being checked the seller is told so, and asked for no money for it', async () => {
    await putUp('4', '80')
    const staff = await aStaffCaller(otklik.url, otklik.logins.irina)
    const { items } = await staff.call(contracts.marketConsole.listMarketLots, { query: {} })
    const lot = items.find(({ units, state }) => units === 4 && state === 'active')
    await staff.call(contracts.marketConsole.freezeLot, {
      params: { id: lot?.id ?? '' },
      body: { frozen: true, reason: 'проверка' },
    })
    await part(seller, 'Купить')
    await part(seller, 'Мои лоты')
    await lotOf(seller, /Изменить лот: 4\s/)
      .filter({ hasText: 'Мы проверяем этот лот' })
      .click()
    await inSheet(seller).getByText('Мы проверяем этот лот').waitFor()
    await inSheet(seller).getByRole('button', { name: 'Снять с продажи' }).waitFor()
    expect(
      await inSheet(seller)
        .getByRole('button', { name: /^Поднять/ })
        .count(),
    ).toBe(0)
    await inSheet(seller).getByRole('button', { name: 'Снять с продажи' }).click()
    await inSheet(seller)
      .getByRole('button', { name: /^Снять/ })
      .click()
    await seller.getByText('У вас нет лотов').waitFor()
  })

  test('without a network the book stays, with its age', async () => {
    await putUp('2', '60')
    await lotOf(buyer, /^Купить 2\sГБ за 60/).waitFor()
    await buyer.context().setOffline(true)
    await buyer
      .getByText(/Нет сети\. (Как было|Показываем)/)
      .first()
      .waitFor({ timeout: 60_000 })
    await lotOf(buyer, /^Купить 2\sГБ за 60/).waitFor()
    await buyer.context().setOffline(false)
    await buyer.getByText('Обновляется само').waitFor({ timeout: 60_000 })
  })
})
