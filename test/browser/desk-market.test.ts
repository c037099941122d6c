import type { Browser, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { DealReceipt, MyLot } from '../../contracts/market.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { ROOMY } from '../factories/market.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'
import { aDeskOf, type Desk } from './desk.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'

const { conversations, market, marketConsole } = contracts
let world: World
let otklik: TestOtklik
let browser: Browser
let boss: Desk
let sellerLine: string
let buyerLine: string
let seller: SubscriberCaller
let buyer: SubscriberCaller
let irina: Caller

beforeAll(async () => {
  browser = await launchBrowser()
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  sellerLine = await anOperatorLine(otklik, { msisdn: '79000000101', name: 'Анна Ветрова' })
  buyerLine = await anOperatorLine(otklik, { msisdn: '79000000102', name: 'Пётр Лукин' })
  seller = await signInBySms(otklik.url, world, '79000000101')
  buyer = await signInBySms(otklik.url, world, '79000000102')
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  await admin.call(marketConsole.publishMarketRules, { body: { basedOn: 0, rules: ROOMY } })
  for (const priceKopecks of [4_000, 4_200, 4_400]) await sell(priceKopecks)
  boss = await aDeskOf(browser, otklik.url, otklik.logins.irina)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const list = (units: number, priceKopecks: number): Promise<MyLot> =>
  seller.call(market.listLot, {
    body: { id: uuid(), lineId: sellerLine, type: 'data', units, priceKopecks },
  })
/** Two gigabytes, or as many as are said, from the one to the other. */
async function sell(priceKopecks: number, units = 2): Promise<DealReceipt> {
  const { id, version } = await list(units, priceKopecks)
  const bought = await buyer.call(market.buy, {
    body: { id: uuid(), lineId: buyerLine, lots: [{ id, version }], totalKopecks: priceKopecks },
  })
  return bought.deals[0]!
}

/** Somebody at the desk who need not be one who answers. */
async function aDeskPage(login: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1360, height: 860 } })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${otklik.url}/desk/`)
  await page.getByLabel('Почта').fill(login.email)
  await page.locator('input[type=password]').fill(login.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('navigation', { name: 'Разделы', exact: true }).waitFor()
  return page
}

const dialogOf = (page: Page) => page.getByRole('dialog')
const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Разделы Маркета' }).getByRole('link', { name }).click()
const lotRow = (page: Page, words: RegExp) => page.getByRole('listitem').filter({ hasText: words })
const ofLot = async (page: Page, words: RegExp, item: string) => {
  await lotRow(page, words)
    .getByRole('button', { name: /^Действия с лотом/ })
    .click()
  await page.getByRole('menuitem', { name: item }).click()
  // What fades away is no state that anybody works in: axe-core would judge half of a menu.
  await page.getByRole('menu').waitFor({ state: 'hidden' })
}

describe('the console of the Market', () => {
  test('tells what is on sale and was sold, how it went by the hour, and which two deal with each other too often', async () => {
    const { page } = boss
    await list(3, 9_000)
    await page.getByRole('link', { name: 'Маркет' }).click()
    await page.getByText('3 сделки', { exact: true }).waitFor()
    await page.getByText(/^6\sГБ/).waitFor()
    await page.getByText(/оборот 126\s₽, комиссия 6,30\s₽/).waitFor()
    await page.getByText(/За сутки 3 сделки на 126\s₽/).waitFor()
    const pairs = page.getByRole('region', { name: 'Подозрительные пары' })
    await pairs.getByRole('link', { name: 'Анна Ветрова' }).waitFor()
    await pairs.getByText(/3 сделки на 126\s₽/).waitFor()
    await page
      .getByRole('region', { name: 'Последние сделки' })
      .getByText(/2\sГБ за 44\s₽/)
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('shows the book as it moves, without a reload', async () => {
    const { page } = boss
    await part(page, 'Лоты')
    await lotRow(page, /3\sГБ за 90\s₽/).waitFor()
    await page.getByText('Обновляется само').waitFor()
    const lot = await list(4, 10_000)
    await lotRow(page, /4\sГБ за 100\s₽/).waitFor()
    // The cheaper unit stands first.
    expect(await page.getByRole('main').getByRole('listitem').first().textContent()).toMatch(/4\sГБ/)
    await seller.call(market.withdrawLot, { params: { id: lot.id } })
    await lotRow(page, /4\sГБ за 100\s₽/).waitFor({ state: 'detached' })
    await page.getByRole('textbox', { name: 'Размер, ГБ' }).fill('7')
    await page.getByText('Таких лотов в продаже нет').waitFor()
    await page.getByRole('textbox', { name: 'Размер, ГБ' }).fill('')
    await lotRow(page, /3\sГБ за 90\s₽/).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('freezes a lot for a reason that stays with it, and lets it be sold again', async () => {
    const { page } = boss
    await ofLot(page, /3\sГБ за 90\s₽/, 'Заморозить…')
    const freeze = dialogOf(page).getByRole('button', { name: 'Заморозить', exact: true })
    expect(await freeze.isDisabled()).toBe(true)
    await dialogOf(page).getByLabel('Причина').fill('Цена похожа на перевод денег')
    expect(await violationsOf(page)).toEqual([])
    await freeze.click()
    await page.getByText('Таких лотов в продаже нет').waitFor()
    expect((await buyer.call(market.readBook, { query: { type: 'data' } })).lots).toEqual([])
    await page.getByText('Замороженные', { exact: true }).click()
    await page.getByText('заморожен: Цена похожа на перевод денег').waitFor()
    await ofLot(page, /3\sГБ за 90\s₽/, 'Что с ним делали')
    await dialogOf(page).getByText('заморозил(а) лот').waitFor()
    await dialogOf(page).getByText('Цена похожа на перевод денег').waitFor()
    await dialogOf(page).getByRole('button', { name: 'Закрыть' }).click()
    await ofLot(page, /3\sГБ за 90\s₽/, 'Разморозить…')
    await dialogOf(page).getByLabel('Причина').fill('Проверили: обычная продажа')
    await dialogOf(page).getByRole('button', { name: 'Разморозить', exact: true }).click()
    await page.getByText('Замороженных лотов нет').waitFor()
    expect((await buyer.call(market.readBook, { query: { type: 'data' } })).lots).toHaveLength(1)
  })

  test('finds somebody by their number, shows their day, freezes them with all that they sell', async () => {
    const { page } = boss
    await page.getByRole('textbox', { name: 'Найти участника по номеру' }).fill('8 900 000-01-01')
    await page.getByRole('button', { name: 'Найти' }).click()
    await page.getByRole('heading', { name: 'Анна Ветрова' }).waitFor()
    await page.getByText('Торгует без ограничений').waitFor()
    await page
      .getByText(/^\d+ из 10\s000$/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Заморозить…' }).click()
    await dialogOf(page)
      .getByText('Анна Ветрова не сможет ни продавать, ни покупать, лоты (1)', { exact: false })
      .waitFor()
    await dialogOf(page).getByLabel('Причина').fill('Три сделки подряд с одним человеком')
    await dialogOf(page).getByRole('button', { name: 'Заморозить', exact: true }).click()
    await page.getByText('Три сделки подряд с одним человеком').first().waitFor()
    await page.getByText('заморожен вместе с продавцом').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByText('Журнал', { exact: true }).last().click()
    await page.getByText('заморозил(а) участника').waitFor()
    await page.getByRole('button', { name: 'Разморозить…' }).click()
    await dialogOf(page).getByLabel('Причина').fill('Муж и жена')
    await dialogOf(page).getByRole('button', { name: 'Разморозить', exact: true }).click()
    await page.getByText('Торгует без ограничений').waitFor()
  })

  test('gives a lot back to its seller for good', async () => {
    const { page } = boss
    await part(page, 'Лоты')
    await ofLot(page, /3\sГБ за 90\s₽/, 'Вернуть продавцу…')
    await dialogOf(page).getByLabel('Причина').fill('Попросил продавец')
    await dialogOf(page).getByRole('button', { name: 'Вернуть', exact: true }).click()
    await page.getByText('Таких лотов в продаже нет').waitFor()
    await page.getByText('Все подряд', { exact: true }).click()
    await page.getByText('возвращён: вернул оператор').waitFor()
    const { types } = await seller.call(market.getSellable, { query: { line: sellerLine } })
    expect(types[0]?.onSaleUnits).toBe(0)
  })

  test('is nothing to agents', async () => {
    const agent = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    expect(await agent.page.getByRole('link', { name: 'Маркет' }).count()).toBe(0)
    await agent.page.goto(`${otklik.url}/desk/market`)
    await agent.page.getByText('Такой страницы нет').waitFor()
    await agent.context.close()
  })
})

describe('the rules', () => {
  test('are edited as a form: what is wrong is said at the field, what changes is seen before it is published', async () => {
    const page = await aDeskPage(otklik.logins.admin)
    await page.getByRole('link', { name: 'Маркет' }).click()
    await part(page, 'Правила')
    const fee = page.getByLabel('Комиссия с продавца')
    await fee.fill('70')
    await page.getByText(/^Не больше 50\s%$/).waitFor()
    const look = page.getByRole('button', { name: 'Посмотреть, что изменится' })
    expect(await look.isDisabled()).toBe(true)
    await fee.fill('7,5')
    await page.getByLabel('Интернет: в лоте от').fill('200')
    await page.getByText('Меньше, чем «от»').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Интернет: в лоте от').fill('2')
    await page.getByText('2 правки не опубликованы').waitFor()
    // They stay while one looks elsewhere.
    await part(page, 'Журнал')
    await page.getByText('опубликовал(а) правила').waitFor()
    await part(page, 'Правила')
    await look.click()
    const diff = dialogOf(page)
    await diff.getByText('Комиссия с продавца').waitFor()
    await diff.getByText(/^5\s%$/).waitFor()
    await diff.getByText(/^7,5\s%$/).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await diff.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText(/^Версия 2, сегодня/).waitFor()
    const { rules } = await irina.call(marketConsole.getMarketRules)
    expect(rules).toMatchObject({ feeBasisPoints: 750, types: { data: { minUnits: 2 } } })
    await page.getByRole('link', { name: 'Прошлые версии' }).click()
    await page.getByText('Версия 2', { exact: true }).click()
    await page.getByText(/^7,5\s%$/).waitFor()
    await page.context().close()
  })

  test('that somebody else published meanwhile carry the draft on, and say so', async () => {
    const page = await aDeskPage(otklik.logins.admin)
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    await page.goto(`${otklik.url}/desk/market/rules`)
    await page.getByLabel('Лот стоит').fill('14')
    const { version, rules } = await admin.call(marketConsole.getMarketRules)
    const other = { ...rules, reversalDays: 21 }
    await admin.call(marketConsole.publishMarketRules, { body: { basedOn: version, rules: other } })
    await page.getByRole('button', { name: 'Посмотреть, что изменится' }).click()
    await dialogOf(page).getByRole('button', { name: 'Опубликовать' }).click()
    await dialogOf(page).getByRole('alert').waitFor()
    await dialogOf(page).getByRole('button', { name: 'Отмена' }).click()
    await page.getByText('Ваши правки перенесены на неё', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Посмотреть, что изменится' }).click()
    await dialogOf(page).getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText(/^Версия 4, сегодня/).waitFor()
    expect((await irina.call(marketConsole.getMarketRules)).rules).toMatchObject({
      lotDays: 14,
      reversalDays: 21,
    })
    await page.context().close()
  })

  test('are only read by who leads', async () => {
    await part(boss.page, 'Правила')
    await boss.page.getByText('Менять правила могут дизайнер и администратор.').waitFor()
    expect(await boss.page.getByLabel('Лот стоит').getAttribute('readonly')).not.toBeNull()
  })
})

describe('a deal that something is wrong with', () => {
  let desk: Desk
  let phone: Page
  let small: DealReceipt

  beforeAll(async () => {
    small = await sell(12_000, 4)
    desk = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    const context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
    context.setDefaultTimeout(PATIENCE_MS)
    phone = await context.newPage()
    const before = world.sms.sentTo('79000000102').length
    await phone.goto(`${otklik.url}/my/`)
    await phone.getByLabel('Номер телефона').fill('+79000000102')
    await phone.getByRole('button', { name: 'Получить код' }).click()
    const sms = await eventually(async () => world.sms.sentTo('79000000102')[before])
    await phone.getByLabel('Код из сообщения').fill(/\d{6}/.exec(sms.text)![0])
    await phone.getByText('Баланс').waitFor()
  })

  /** Complains of a deal as a person does, and lets an agent take the conversation. */
  async function complain(deal: DealReceipt, words: string): Promise<void> {
    await phone.goto(`${otklik.url}/my/market/deals`)
    await phone.getByRole('button', { name: new RegExp(`сделка № ${deal.number}\\b`) }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Что-то не так' }).click()
    await phone.getByRole('dialog').getByRole('textbox').fill(words)
    await phone.getByRole('dialog').getByRole('button', { name: 'Написать' }).click()
    await phone.getByRole('log').getByText(words).first().waitFor()
    const anna = await aStaffCaller(otklik.url, otklik.logins.anna)
    const id = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, {
        query: { view: 'all', channel: 'my' },
      })
      return items[0]?.id
    })
    await desk.page.goto(`${otklik.url}/desk/inbox/${id}?view=all&state=open`)
    await desk.timeline.getByText(words).first().waitFor()
  }
  const card = () => desk.timeline.getByRole('region', { name: 'Сделка на Маркете' })

  test('is before the agent with all that matters, and is taken back right there within their limit', async () => {
    await complain(small, 'Купил по ошибке')
    await card()
      .getByText(/^Куплено: 4\sГБ за 120\s₽$/)
      .waitFor()
    await card()
      .getByText(/Покупатель не использовал 4\sГБ: ему можно вернуть до 120\s₽/)
      .waitFor()
    const before = (await irina.call(contracts.lines.getLine, { params: { id: buyerLine } })).balanceKopecks
    await card().getByRole('button', { name: 'Отменить сделку…' }).click()
    expect(await dialogOf(desk.page).getByLabel('Сумма, ₽').inputValue()).toBe('120')
    await dialogOf(desk.page).getByLabel('Сумма, ₽').fill('121')
    await dialogOf(desk.page).getByLabel('Причина').fill('Ошибся размером, не пользовался')
    await dialogOf(desk.page)
      .getByText(/не больше 120\s₽/)
      .first()
      .waitFor()
    await dialogOf(desk.page).getByLabel('Сумма, ₽').fill('120')
    await dialogOf(desk.page)
      .getByText(/На баланс придёт 120\s₽/)
      .waitFor()
    await dialogOf(desk.page)
      .getByText(/Пропадёт: Интернет 4\sГБ/)
      .waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
    await dialogOf(desk.page)
      .getByRole('button', { name: 'Вернуть деньги покупателю', exact: true })
      .dblclick()
    await card()
      .getByText(/^Отменена сегодня: покупателю вернулось 120\s₽\.$/)
      .waitFor()
    expect(await card().getByRole('button', { name: 'Отменить сделку…' }).count()).toBe(0)
    const after = (await irina.call(contracts.lines.getLine, { params: { id: buyerLine } })).balanceKopecks
    expect(after - before).toBe(12_000)
    expect(await violationsOf(desk.page)).toEqual([])
  })

  test('is said in the buyer’s receipt with what they got back, and with no day until when it may be used', async () => {
    await phone.goto(`${otklik.url}/my/market/deals`)
    await phone.getByRole('button', { name: new RegExp(`сделка № ${small.number}\\b`) }).click()
    const receipt = phone.getByRole('dialog')
    await receipt.getByText(/^Сделка отменена, вам вернули 120\s₽$/).waitFor()
    expect(await receipt.getByText('Можно потратить').count()).toBe(0)
  })

  test('waits for another above the limit, who sees why; the card says so and then how it ended', async () => {
    const { rules, version } = await irina.call(marketConsole.getMarketRules)
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    const dear = { ...rules.types.data, maxUnitKopecks: 20_000 }
    const types = { ...rules.types, data: dear }
    await admin.call(marketConsole.publishMarketRules, {
      body: { basedOn: version, rules: { ...rules, types } },
    })
    const large = await sell(60_000, 5)
    await complain(large, 'Интернет не прибавился')
    const newest = card().last()
    await newest.getByText(/^Куплено: 5\sГБ за 600\s₽$/).waitFor()
    await newest.getByRole('button', { name: 'Отменить сделку…' }).click()
    await dialogOf(desk.page).getByLabel('Причина').fill('Объём не дошёл до сети')
    await dialogOf(desk.page).getByText('понадобится второй сотрудник', { exact: false }).waitFor()
    await dialogOf(desk.page).getByRole('button', { name: 'Отправить на подтверждение' }).click()
    await newest.getByText(/Возврат 600\s₽ ждёт второго сотрудника\.$/).waitFor()
    expect(await newest.getByRole('button').count()).toBe(0)
    expect(await violationsOf(desk.page)).toEqual([])

    await boss.page.getByRole('link', { name: /^На подтверждение/ }).click()
    await boss.page.getByText('Объём не дошёл до сети').waitFor()
    await boss.page.getByRole('button', { name: 'Подтвердить…' }).click()
    await dialogOf(boss.page).getByRole('button', { name: 'Подтвердить', exact: true }).click()
    await newest.getByText(/^Отменена сегодня: покупателю вернулось 600\s₽\.$/).waitFor()
  })

  test('is taken back from the line’s own deals as well', async () => {
    const deal = await sell(8_000)
    const line = desk.page.getByRole('complementary', { name: 'Карточка абонента' })
    await line.getByRole('button', { name: 'Маркет', exact: true }).click()
    await line.getByText(/вернулось 600\s₽/).waitFor()
    await line.getByRole('button', { name: `Отменить сделку № ${deal.number}…` }).click()
    await dialogOf(desk.page).getByLabel('Причина').fill('Передумал сразу')
    await dialogOf(desk.page)
      .getByText(/На баланс придёт 80\s₽/)
      .waitFor()
    await dialogOf(desk.page)
      .getByRole('button', { name: /^(Вернуть деньги покупателю|Отправить на подтверждение)$/ })
      .click()
    await line
      .getByRole('status')
      .getByText(/возврат 80\s₽ за сделку на Маркете/)
      .waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
  })

  test('and from the list of deals in the console', async () => {
    const deal = await sell(9_000)
    await boss.page.getByRole('link', { name: 'Маркет' }).click()
    await part(boss.page, 'Сделки')
    await boss.page.getByRole('button', { name: `Отменить сделку № ${deal.number}…` }).click()
    await dialogOf(boss.page).getByLabel('Причина').fill('Сговор')
    await dialogOf(boss.page)
      .getByText(/На баланс придёт 90\s₽/)
      .waitFor()
    await dialogOf(boss.page).getByRole('button', { name: 'Вернуть деньги покупателю', exact: true }).click()
    await boss.page.getByRole('main').getByText('сделано').waitFor()
    await boss.page
      .getByRole('listitem')
      .filter({ hasText: `№ ${deal.number}` })
      .getByText(/отменена сегодня, возвращено 90\s₽/)
      .waitFor()
    expect(await violationsOf(boss.page)).toEqual([])
  })
})
