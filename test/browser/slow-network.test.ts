import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aMaxDoor, type MaxDoor } from '../factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PATIENCE_MS } from './launch.ts'

/** So few that their number does not matter, however late each answer is. */
const FEW = 6
let otklik: TestOtklik
let browser: Browser
let door: MaxDoor

beforeAll(async () => {
  ;[browser, otklik] = await Promise.all([launchBrowser(), anOtklik()])
  door = await aMaxDoor(otklik)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

/** Holds back what is asked for at such an address; gives the way to let it come. */
async function holdBack(page: Page, address: string | RegExp): Promise<() => void> {
  let letCome = () => {}
  const held = new Promise<void>((resolve) => {
    letCome = resolve
  })
  await page.route(address, async (route) => {
    await held
    await route.continue()
  })
  return letCome
}

describe('on a slow network the desk', () => {
  test('comes in a few files, and shows its mark until they are there', async () => {
    const page = await browser.newPage({ locale: 'ru-RU' })
    page.setDefaultTimeout(PATIENCE_MS)
    const scripts: string[] = []
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
    const letCome = await holdBack(page, /\/assets\/.*\.js$/)
    await page.goto(`${otklik.url}/desk/`, { waitUntil: 'commit' })
    await page.locator('#root > img.starting').waitFor()
    letCome()
    await page.getByLabel('Почта').waitFor()
    expect(scripts.length).toBeLessThanOrEqual(FEW)
    await page.close()
  })

  test('says that another screen is on its way', async () => {
    const { page, context } = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    const letCome = await holdBack(page, /\/assets\/knowledge-page-.*\.js$/)
    await page.getByRole('link', { name: 'База знаний' }).click()
    await page.getByRole('progressbar', { name: 'Загружается' }).waitFor()
    letCome()
    await page.getByText('Выберите статью').waitFor()
    expect(await page.getByRole('progressbar').count()).toBe(0)
    await context.close()
  })

  test('shows that a conversation is being taken, and takes it once', async () => {
    await door.post(door.message(1, 'Возьмите меня').update)
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await desk.open('Возьмите меня')
    let asked = 0
    desk.page.on('request', (request) => {
      if (request.url().endsWith('/claim')) asked++
    })
    const letCome = await holdBack(desk.page, /\/claim$/)
    const claim = desk.page.getByRole('button', { name: 'Взять', exact: true })
    await claim.click()
    await desk.page.locator('button[data-loading]').waitFor()
    expect(await claim.isDisabled()).toBe(true)
    letCome()
    await desk.page.getByText('веду я').waitFor()
    expect(asked).toBe(1)
    await desk.context.close()
  })

  test('looks as if it searches while it does, and finds nothing only when it knows', async () => {
    const { page, context } = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    const letCome = await holdBack(page, `**${contracts.search.searchEntries.path}*`)
    await page.getByRole('link', { name: 'Поиск' }).click()
    await page.getByRole('searchbox').fill('чего нет нигде')
    await page.getByRole('status', { name: 'Загружается' }).waitFor()
    expect(await page.getByText('Ничего не нашли').count()).toBe(0)
    letCome()
    await page.getByText('Ничего не нашли').waitFor()
    await context.close()
  })
})

test('a desk whose words cannot come says so, and does not stay at its mark', async () => {
  const page = await browser.newPage({ locale: 'ru-RU' })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.route(/\/assets\/ru-.*\.js$/, (route) => route.abort())
  await page.goto(`${otklik.url}/desk/`)
  await page.getByText('Отклик не загрузился: обновите страницу.').waitFor()
  await page.close()
})

test('without a network another screen says so, and the desk stays', async () => {
  const { page, context } = await aDeskOf(browser, otklik.url, otklik.logins.irina)
  await context.setOffline(true)
  for (const name of ['Неразобранное', 'Настройки']) {
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByText('Нет связи с сервером.').waitFor()
  }
  await page.getByRole('link', { name: 'Диалоги', exact: true }).click()
  await page.getByText('Выберите диалог').waitFor()
  await page.getByRole('link', { name: 'Настройки', exact: true }).click()
  // Said before the network is back, or the file comes after all.
  await page.getByText('Нет связи с сервером.').waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Повторить' }).click()
  await page.getByRole('heading', { name: 'Профиль' }).waitFor()
  await context.close()
})
