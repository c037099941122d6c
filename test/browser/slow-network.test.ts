import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PATIENCE_MS } from './launch.ts'

/** So few that their number does not matter, however late each answer is. */
const FEW = 6
let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  ;[browser, otklik] = await Promise.all([launchBrowser(), anOtklik()])
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
