import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { TestOtklik } from '../factories/otklik.ts'
import { PATIENCE_MS } from './launch.ts'

/** A folder for pictures to look at; none are kept without it. */
const { PICTURES } = process.env
const STILL_MS = 400

/** A designer in the room of the assistant. */
export async function aDesigner(
  browser: Browser,
  { url, logins }: TestOtklik,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const viewport = { width: 1440, height: 900 }
  const context = await browser.newContext({ locale: 'ru-RU', viewport, ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${url}/desk/`)
  await page.getByLabel('Почта').fill(logins.pavel.email)
  await page.locator('input[type=password]').fill(logins.pavel.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('link', { name: 'Помощник', exact: true }).click()
  await page.getByRole('heading', { name: 'Сценарии' }).waitFor()
  return page
}

/** Opens a flow; its trial has begun. */
export async function openFlow(page: Page, { url }: TestOtklik, key: string): Promise<void> {
  await page.goto(`${url}/desk/assistant/flows/${key}`)
  await talkOf(page).locator('p').first().waitFor()
}

/** A step's card on the graph. */
export const stepOf = (page: Page, id: string): Locator => page.locator(`[data-step="${id}"]`)

/** Takes a way by its beginning and lays it on another step. */
export async function dragWay(
  page: Page,
  { from, exit, to }: { readonly from: string; readonly exit: string; readonly to: string },
): Promise<void> {
  const begins = page.locator(`.react-flow__handle.source[data-nodeid="${from}"][data-handleid="${exit}"]`)
  const ends = page.locator(`.react-flow__handle.target[data-nodeid="${to}"]`)
  // The handles are seen only while the pointer is over the card.
  await begins.hover({ force: true })
  await page.mouse.down()
  await ends.hover({ force: true })
  await page.mouse.up()
}

/** What was said in the trial. */
export const talkOf = (page: Page): Locator => page.getByRole('log', { name: 'Разговор' })

/** Keeps a picture of the screen for people to look at, if they asked for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  await page.waitForTimeout(STILL_MS)
  await page.screenshot({ path: `${PICTURES}/flow-editor-${name}.png` })
}
