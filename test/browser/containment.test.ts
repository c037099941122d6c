import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { judgeVisits } from '../../server/care/assistant/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aSiteTalk } from '../factories/talk.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PHONE } from './launch.ts'

/** A folder for pictures to look at; none are kept without it. */
const { PICTURES } = process.env
let otklik: TestOtklik
let browser: Browser
let site: string

beforeAll(async () => {
  ;[browser, otklik] = await Promise.all([launchBrowser(), anOtklik()])
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  const admin = await aStaffCaller(otklik.url, otklik.logins.pavel)
  await admin.call(contracts.assistant.setAssistantDoor, { params: { id: site }, body: { on: true } })
  await otklik.understanding.drain()
  for (const words of ['как пополнить счёт', 'как пополнить счёт', 'привет', 'позовите оператора'])
    await (await aSiteTalk(otklik, site)).ask(words)
  // As if it had been two days ago.
  await rows(
    otklik.db,
    sql`update assistant.visit set began_at = began_at - interval '2 days', last_at = last_at - interval '2 days'`,
  )
  await judgeVisits(otklik.db, otklik.clock)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

describe('containment at the desk', () => {
  test.each([
    ['wide', {}],
    ['phone', PHONE],
  ])(
    'shows the numbers side by side, with what they are of (%s)',
    async (name, options) => {
      const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina, options)
      const { page } = desk
      await page.goto(`${otklik.url}/desk/containment`)
      await page.getByRole('heading', { name: 'Помощник: решённое без людей' }).waitFor()
      await page.getByText('3 из 4 обращений').waitFor()
      expect(await page.getByText('2 из 4 обращений').count()).toBe(2)
      await page.getByText('станет известно, когда пройдёт время').waitFor()
      await page.getByText('Не успех: ушли посреди разговора — 1, попросили человека — 1').waitFor()
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/containment-${name}.png`, fullPage: true })
      await page.getByText('Канал', { exact: true }).click()
      await page.getByRole('cell', { name: 'Чат на сайте' }).waitFor()
      await page.emulateMedia({ colorScheme: 'dark' })
      if (PICTURES)
        await page.screenshot({ path: `${PICTURES}/containment-${name}-dark.png`, fullPage: true })
      await desk.context.close()
    },
    60_000,
  )

  test('lets an admin switch the assistant off and on at a door', async () => {
    const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1360, height: 860 } })
    const page = await context.newPage()
    const { email, password } = otklik.logins.admin
    await page.goto(`${otklik.url}/desk/settings/channels`)
    await page.getByLabel('Почта').fill(email)
    await page.locator('input[type=password]').fill(password)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    const at = page.getByRole('switch', { name: 'Помощник отвечает: Сайт' })
    await at.waitFor()
    expect(await at.isChecked()).toBe(true)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/assistant-doors.png` })
    // The switch itself is hidden under what is drawn for it.
    await at.click({ force: true })
    await expect.poll(() => at.isChecked()).toBe(false)
    const admin = await aStaffCaller(otklik.url, otklik.logins.pavel)
    const doors = await admin.call(contracts.assistant.listAssistantDoors)
    expect(doors.find(({ channelAccountId }) => channelAccountId === site)?.on).toBe(false)
    await context.close()
  }, 60_000)
})
