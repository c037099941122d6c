import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf, type Desk } from './desk.ts'
import { launchBrowser } from './launch.ts'

/** More than a page of the list and less than two. */
const CONVERSATIONS = 60
/** Longer than everything that gathers notices. */
const SETTLED_MS = 3_000
let otklik: TestOtklik
let browser: Browser
let door: MaxDoor

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  door = await aMaxDoor(otklik)
  for (let person = 1; person <= CONVERSATIONS; person++)
    await door.post(door.message(person, `Вопрос ${person}`).update)
  const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  await eventually(async () => {
    const counted = await irina.call(contracts.conversations.countConversations)
    return counted.unassigned.open === CONVERSATIONS
  }, 30_000)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

/** Pages of the list that the desk asks for from now on: the first as '', others by where they begin. */
function askedPages({ page }: Desk): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === contracts.conversations.listConversations.path && request.method() === 'GET')
      asked.push(searchParams.get('after') ?? '')
  })
  return asked
}
const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
const look = (desk: Desk, state: 'hidden' | 'visible') =>
  desk.page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' })
    document.dispatchEvent(new Event('visibilitychange'))`)

describe('the inbox', () => {
  test('reads again what is in sight, the rest when it comes into sight, and nothing while the tab is hidden', async () => {
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await desk.page.getByRole('link', { name: /^Ничьи/ }).click()
    const list = desk.page.getByRole('list', { name: 'Список диалогов' })
    const rows = list.getByRole('link')
    await list.getByText('Вопрос 1', { exact: true }).waitFor()
    await vi.waitFor(async () => {
      await list.evaluate((element) => element.scrollTo?.(0, element.scrollHeight))
      expect(await rows.count()).toBe(CONVERSATIONS)
    }, 20_000)
    await list.evaluate((element) => element.scrollTo?.(0, 0))
    await settle()

    const asked = askedPages(desk)
    await door.post(door.message(1, 'Ещё вопрос').update)
    await list.getByText('Ещё вопрос', { exact: true }).waitFor()
    await settle()
    expect(new Set(asked)).toEqual(new Set(['']))

    asked.length = 0
    await list.evaluate((element) => element.scrollTo?.(0, element.scrollHeight))
    await settle()
    expect(asked).toHaveLength(1)
    expect(asked[0]).not.toBe('')
    expect(await rows.count()).toBe(CONVERSATIONS)
    await list.evaluate((element) => element.scrollTo?.(0, 0))
    await settle()

    asked.length = 0
    await look(desk, 'hidden')
    await door.post(door.message(2, 'Пока никто не смотрит').update)
    await settle()
    expect(asked).toEqual([])
    await look(desk, 'visible')
    await list.getByText('Пока никто не смотрит', { exact: true }).waitFor()
    await desk.context.close()
  })

  test('counts in its tabs what the lists show: nothing while a filter is on', async () => {
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    const tab = desk.page.getByRole('link', { name: /^Ничьи/ })
    await vi.waitFor(async () => expect(await tab.textContent()).toBe(`Ничьи${CONVERSATIONS}`), 20_000)
    await tab.click()
    const narrow = async (filter: RegExp, choice: string) => {
      await desk.page.getByRole('button', { name: filter }).click()
      await desk.page.getByRole('menuitem', { name: choice, exact: true }).click()
    }
    await narrow(/^Канал/, 'Telegram')
    await desk.page.getByText('Все разобраны').waitFor()
    expect(await tab.textContent()).toBe('Ничьи')
    await desk.page.getByRole('button', { name: 'Сбросить фильтры' }).click()
    await vi.waitFor(async () => expect(await tab.textContent()).toBe(`Ничьи${CONVERSATIONS}`))
    await narrow(/^Состояние/, 'Отложенные')
    await desk.page.getByText('Все разобраны').waitFor()
    expect(await tab.textContent()).toBe('Ничьи')
    await desk.context.close()
  })

  test('a conversation says each of its facts whole, on a second line where they do not fit beside the buttons', async () => {
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await desk.page.getByRole('link', { name: /^Ничьи/ }).click()
    await desk.page.getByText('Вопрос 3', { exact: true }).click()
    const facts = desk.page.getByRole('main').getByText(/^№ /).locator('..')
    await desk.claim()
    const lines = () =>
      facts.locator('> *').evaluateAll((all) => ({
        places: new Set(all.map((one) => Math.round(one.getBoundingClientRect().top / 10))).size,
        cut: all.filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0).length,
      }))
    await desk.page.setViewportSize({ width: 1600, height: 860 })
    await vi.waitFor(async () => expect(await lines()).toEqual({ places: 1, cut: 0 }))
    await desk.page.setViewportSize({ width: 800, height: 860 })
    await vi.waitFor(async () => expect(await lines()).toEqual({ places: 2, cut: 0 }))
    await desk.context.close()
  })

  test('gives what is typed right after the search’s key to the search, though nothing more can be fetched', async () => {
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await desk.page.waitForLoadState('networkidle')
    await desk.page.route('**/desk/assets/**', (route) => route.abort())
    await desk.page.keyboard.press('/')
    await desk.page.keyboard.type('Вопрос 7')
    const field = desk.page.getByRole('searchbox')
    await vi.waitFor(async () => expect(await field.inputValue()).toBe('Вопрос 7'))
    await desk.context.close()
  })
})
