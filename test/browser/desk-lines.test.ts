import type { Browser, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { addParty, giveRole } from '../../server/operator/lines/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { aDeskOf, type Desk } from './desk.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { signInToMy } from './sign-in-to-my.ts'
import { violationsOf } from './violations.ts'

const { conversations, lines, orders } = contracts
const MSISDN = '79000000101'
let world: World
let otklik: TestOtklik
let browser: Browser
let desk: Desk
let phone: Page
let lineId: string
let anna: Caller

beforeAll(async () => {
  browser = await launchBrowser()
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: MSISDN })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  await world.act('sms', 'anna', { act: 'text', text: 'Помогите с услугами' })
  desk = await aDeskOf(browser, otklik.url, otklik.logins.anna)
  const context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  context.setDefaultTimeout(PATIENCE_MS)
  phone = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const signIn = () => signInToMy(phone, otklik.url, world, MSISDN)
const tab = (name: string) => phone.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name })
const card = (of = desk) => of.page.getByRole('complementary', { name: 'Карточка абонента' })
const dialog = (of = desk) => of.page.getByRole('dialog')
const act = async (name: string) => {
  await card()
    .getByRole('button', { name: /^Действия с номером/ })
    .click()
  await desk.page.getByRole('menuitem', { name }).click()
  await desk.page.getByRole('menu').waitFor({ state: 'hidden' })
}
const confirm = (name: string) => dialog().getByRole('button', { name, exact: true }).click()
const balance = async () => (await anna.call(lines.getLine, { params: { id: lineId } })).balanceKopecks

describe('the lines of a person on the card', () => {
  test('are found by the number that they write from, and shown as they stand', async () => {
    await desk.open('Помогите с услугами')
    await desk.claim()
    await card().getByRole('button', { name: 'Найти по номеру, с которого пишут' }).click()
    await card().getByText('владелец').waitFor()
    await card().getByText('«Бриз»').waitFor()
    await card().getByText('30 ГБ из 30 ГБ').waitFor()
    await card().getByRole('button', { name: 'Отключить «Гороскоп»' }).waitFor()
    await card().getByRole('button', { name: 'Лимиты, переадресация, люди' }).click()
    await card().getByText('Анна Ветрова — владелец').waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
  })

  test('say what was charged, for what and when, month by month', async () => {
    await card().getByRole('button', { name: 'Списания и поступления' }).click()
    const taken = card().getByRole('listitem').filter({ hasText: 'Гороскоп' }).filter({ hasText: 'подписки' })
    await taken.getByText(/^[−-]\d+/).waitFor()
    await card()
      .getByText(/^Потрачено .*подписки/)
      .waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
    await card().getByRole('button', { name: 'Предыдущий месяц' }).click()
    await card().getByText('В этом месяце движений не было').waitFor()
    await card().getByRole('button', { name: 'Списания и поступления' }).click()
  })

  test('take an order: what it costs is seen first, it appears in the app at once and on the timeline', async () => {
    await signIn()
    await tab('Услуги').click()
    const connected = phone.getByRole('region', { name: 'Подключено' })
    await connected.getByText('Дополнительных услуг нет.').waitFor()

    const before = await balance()
    await act('Подключить услугу…')
    // By the keyboard alone: the name, the choice, the button.
    await dialog().getByRole('combobox', { name: 'Услуга' }).fill('5 ГБ')
    await desk.page.keyboard.press('ArrowDown')
    await desk.page.keyboard.press('Enter')
    await dialog().getByText('Сейчас спишется 100 ₽').waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
    const button = dialog().getByRole('button', { name: 'Подключить', exact: true })
    await button.dblclick()
    await dialog().waitFor({ state: 'hidden' })
    await card().getByRole('status').getByText('сделано').waitFor()
    await connected.getByText('Ещё 5 ГБ').waitFor()
    await desk.timeline.getByText('подключение «Ещё 5 ГБ»').waitFor()
    expect(await balance()).toBe(before - 10_000)
    const { items } = await anna.call(orders.listOrders, { params: { id: lineId } })
    expect(items.filter(({ request }) => request.kind === 'connect-option')).toHaveLength(1)
  })

  test('say why something cannot be done', async () => {
    await act('Начислить деньги…')
    await dialog().getByLabel('Сумма, ₽').fill('20000')
    await dialog().getByLabel('Причина').fill('Извиняемся за аварию')
    await dialog().getByText('не больше 10 000 ₽').waitFor()
    await dialog().getByRole('button', { name: 'Начислить', exact: true, disabled: true }).waitFor()
    await confirm('Отмена')
  })

  test('give the way back while there is one, on the card and on the timeline', async () => {
    await card().getByRole('button', { name: 'Отключить «Гороскоп»' }).click()
    await dialog().getByText('Можно будет вернуть в течение 10 с.').waitFor()
    await confirm('Отключить')
    await card().getByText('отключается…').waitFor()
    await desk.timeline.getByRole('button', { name: 'Вернуть' }).click()
    await card().getByRole('button', { name: 'Отключить «Гороскоп»' }).waitFor()
    await desk.timeline.getByText('отменено').waitFor()
  })
})

describe('who sees a line', () => {
  test('is told on the card, and is put out by the agent after a look at what that means', async () => {
    await inTransaction(otklik.db, async (tx) => {
      const partyId = await addParty(tx, otklik.lines, { kind: 'person', name: 'Пётр Лугов' })
      await giveRole(tx, otklik.lines, { lineId, partyId, role: 'trusted', validTo: null })
    })
    await card().getByText('Пётр Лугов — доверенный').waitFor()
    await card().getByText('видит баланс и может пополнить').waitFor()
    expect(await card().getByRole('button', { name: 'Закрыть доступ: Анна Ветрова' }).count()).toBe(0)
    await card().getByRole('button', { name: 'Закрыть доступ: Пётр Лугов' }).click()
    await dialog().getByText('Доступ закроется сразу', { exact: false }).waitFor()
    expect(await violationsOf(desk.page)).toEqual([])
    await confirm('Закрыть доступ')
    await card().getByRole('status').getByText('сделано').waitFor()
    await card().getByText('Пётр Лугов').waitFor({ state: 'detached' })
    await desk.timeline.getByText('закрытие доступа к номеру: Пётр Лугов').waitFor()
    const { people } = await anna.call(lines.getLineSettings, { params: { id: lineId } })
    expect(people.map(({ role }) => role)).toEqual(['owner'])
  })

  test('is asked no more when the agent withdraws the owner’s invitation, whose number stays masked', async () => {
    const owner = { kind: 'subscriber', id: uuid(), name: 'Анна Ветрова', through: 'my', roles: [] } as const
    const asked = await otklik.my.edge.placeOrder(
      otklik.db,
      { ...owner, trust: 4, lineRole: 'owner', fresh: true },
      { id: uuid(), lineId, request: { kind: 'share-line', toMsisdn: '79031234567' } },
    )
    expect(asked.state).toBe('pending')
    await card().getByText('приглашение: ждём согласия', { exact: false }).waitFor()
    expect(await card().getByText('123').count()).toBe(0)
    await card()
      .getByRole('button', { name: /^Отозвать приглашение: / })
      .click()
    await desk.page.getByText('Приглашение отозвано').waitFor()
    await card().getByText('приглашение: ждём согласия', { exact: false }).waitFor({ state: 'detached' })
    const told = desk.timeline.getByText('приглашение к номеру', { exact: false }).locator('..')
    await told.getByText('отозвано').waitFor()
    await told.getByText(/отозвал\(а\) .* на рабочем месте/).waitFor()
    const { offered } = await anna.call(lines.getLineSettings, { params: { id: lineId } })
    expect(offered).toEqual([])
    await card().getByRole('button', { name: 'Лимиты, переадресация, люди' }).click()
  })
})

describe('money back', () => {
  test('is asked for in the app, comes with its facts to the agent, who gives it right there', async () => {
    const paid = phone.getByRole('region', { name: /Платные подписки/ })
    await tab('Услуги').click()
    const ask = paid
      .getByRole('listitem')
      .filter({ hasText: 'Кино' })
      .getByRole('button', { name: 'Вернуть деньги' })
    const sheet = phone.getByRole('dialog', { name: 'Вернуть деньги за «Кино»?' })
    // Nothing is written to anybody before they have seen what.
    await ask.click()
    await sheet.getByText('Списано за 30 дней').waitFor()
    expect(await violationsOf(phone)).toEqual([])
    await sheet.getByRole('button', { name: 'Отмена' }).click()
    await sheet.waitFor({ state: 'detached' })
    await ask.click()
    await sheet.getByLabel('Что случилось', { exact: false }).fill('Я этого не подключала')
    await sheet.getByRole('button', { name: 'Отправить' }).dblclick()
    await phone.getByText('Я этого не подключала', { exact: false }).waitFor()
    await phone
      .getByRole('log')
      .getByText(/Подключена|Подписка/)
      .first()
      .waitFor()
    const { items } = await anna.call(conversations.listConversations, {
      query: { view: 'all', channel: 'my' },
    })
    expect(items).toHaveLength(1)
    const number = items[0]?.number
    await desk.page.goto(`${otklik.url}/desk/inbox/${items[0]?.id}?view=all&state=open`)
    await desk.page.getByText(`№ ${number}`).first().waitFor()
    const before = await balance()
    await desk.timeline.getByRole('button', { name: 'Вернуть деньги за подписку…' }).click()
    await dialog().getByLabel('Причина').fill('Подключилась без согласия')
    await dialog()
      .getByText(/На баланс придёт/)
      .waitFor()
    await confirm('Вернуть деньги')
    await desk.timeline
      .getByText(/возврат .* за «Кино»/)
      .first()
      .waitFor()
    expect(await balance()).toBeGreaterThan(before)
    await phone.getByText(/Возврат за подписку/).waitFor()
    expect(await phone.getByText('Подключилась без согласия').count()).toBe(0)
  })
})

describe('a conversation on a phone', () => {
  test('has a header of two lines: whose it is with what can be done, and how it stands', async () => {
    const pocket = await aDeskOf(browser, otklik.url, otklik.logins.anna, PHONE)
    await pocket.page.goto(desk.page.url())
    const header = pocket.page.locator('article > header')
    await header.getByText('веду я').waitFor()
    const rows = await header.evaluate((element) =>
      [...element.querySelectorAll('h2, button, a, h2 + div > span')].flatMap((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        // What a phone does not show takes no place.
        return bottom > top ? [Math.round((top + bottom) / 2)] : []
      }),
    )
    const distinct = rows.sort((a, b) => a - b).filter((at, n) => n === 0 || at - (rows[n - 1] ?? 0) > 8)
    expect(distinct).toHaveLength(2)
    await header.getByRole('button', { name: 'Завершить' }).waitFor()
    await header.getByRole('button', { name: 'указать тему' }).click()
    await pocket.page.getByRole('dialog').waitFor()
    await pocket.context.close()
  })
})

describe('a second pair of eyes', () => {
  test('sees at once that somebody waits, decides with a word, and the asker sees how', async () => {
    const boss = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    const before = await balance()
    await act('Начислить деньги…')
    await dialog().getByLabel('Сумма, ₽').fill('500')
    await dialog().getByLabel('Причина').fill('Связь пропала на весь день')
    await dialog().getByText('понадобится второй сотрудник').waitFor()
    await confirm('Отправить на подтверждение')
    await card().getByRole('status').getByText('ждёт второго сотрудника').waitFor()

    await boss.page.getByRole('link', { name: /Ждут вашего решения: 1/ }).waitFor()
    await boss.page.getByRole('link', { name: /^На подтверждение/ }).click()
    await boss.page.getByText('начисление 500 ₽').waitFor()
    await boss.page.getByText('Связь пропала на весь день').waitFor()
    expect(await violationsOf(boss.page)).toEqual([])
    await boss.page.getByRole('button', { name: 'Подтвердить…' }).click()
    await dialog(boss).getByLabel('Почему').fill('Авария подтвердилась')
    await dialog(boss).getByRole('button', { name: 'Подтвердить', exact: true }).click()
    await boss.page.getByText('Никто не ждёт решения').waitFor()

    await card().getByRole('status').getByText('сделано').waitFor()
    await desk.timeline.getByText('подтвердил(а) Ирина Ковалёва').waitFor()
    expect(await balance()).toBe(before + 50_000)
    await boss.context.close()
  })
})

describe('a lost SIM', () => {
  test('is blocked by the agent, and the person gets into the app by a pass', async () => {
    await act('Заблокировать…')
    await dialog()
      .getByRole('radio', { name: /SIM потеряна/ })
      .check()
    await dialog().getByText('Исходящие звонки, SMS и интернет остановятся.').waitFor()
    await confirm('Заблокировать')
    await card().getByText('Заблокирован: SIM потеряна').waitFor()

    await act('Пропуск в приложение…')
    await dialog()
      .getByLabel(/Причина/)
      .fill('Назвала паспорт и кодовое слово')
    await confirm('Выдать пропуск')
    const pass = (await dialog().getByRole('status').locator('output').textContent()) ?? ''
    expect(pass).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect(await violationsOf(desk.page)).toEqual([])
    await confirm('Отозвать пропуск')
    await dialog().waitFor({ state: 'hidden' })
  })
})
