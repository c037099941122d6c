import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { signInToMy } from './sign-in-to-my.ts'
import { violationsOf } from './violations.ts'

const MSISDN = '79000000101'
/** A folder for pictures to look at; none are kept without it. */
const { PICTURES } = process.env
let world: World
let otklik: TestOtklik
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[browser, world] = await Promise.all([launchBrowser(), aWorldWithSms()])
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  await anOperatorLine(otklik, { msisdn: MSISDN })
  const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
  const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  const doors = await admin.call(contracts.channels.listChannelAccounts)
  const { id } = doors.find(({ kind }) => kind === 'my')!
  await pavel.call(contracts.assistant.setAssistantDoor, { params: { id }, body: { on: true } })
  await otklik.understanding.drain()
  const context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  page = await context.newPage()
  await signInToMy(page, otklik.url, world, MSISDN)
  await page.goto(`${otklik.url}/my/help/chat`)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const log = () => page.getByRole('log')
const answers = () => page.getByRole('group', { name: 'Варианты ответа' })
const press = (title: string) => answers().getByRole('button', { name: title, exact: true }).click()

test('the assistant’s choices in My’s chat are buttons, of the last question alone', async () => {
  await page.getByLabel('Сообщение', { exact: true }).fill('у меня какие-то платные подписки, убери')
  await page.getByRole('button', { name: 'Отправить' }).click()
  await answers().getByRole('button', { name: 'Отключить одну' }).waitFor()
  await log().getByText('Помощник', { exact: true }).waitFor()
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/my-choices.png` })
  expect(await violationsOf(page)).toEqual([])
  await press('Отключить одну')
  await log().getByText('Какую отключить').waitFor()
  expect(await answers().count()).toBe(1)
  await press('Кино')
  await log()
    .getByText(/Подтверждаете\?$/)
    .waitFor()
  await press('Да')
  await log()
    .getByText(/«Кино» отключена/)
    .waitFor()
}, 60_000)

test('what stands on the screen is told to be read', async () => {
  const told = page.waitForRequest((request) => request.url().endsWith('/api/v1/my/read'))
  await page.reload()
  const { laneId, seq } = (await told).postDataJSON() as { laneId: string; seq: number }
  await expect
    .poll(() =>
      page.evaluate(
        `fetch('/api/v1/my/timeline', { headers: { 'x-otklik-app': 'my' } }).then((answer) => answer.json()).then(({ entries }) =>
          entries.filter(({ channel, from }) => channel === 'my' && from !== 'me').at(-1))`,
      ),
    )
    .toMatchObject({ laneId, seq })
})
