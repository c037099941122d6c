import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor } from '../factories/subscriber-caller.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'
import { aVisitor, type Visitor } from './visitor.ts'

const MSISDN = '79000000101'
/** A folder for pictures to look at; none are kept without it. */
const { PICTURES } = process.env
let world: World
let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  ;[browser, world] = await Promise.all([launchBrowser(), aWorldWithSms()])
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  await anOperatorLine(otklik, { msisdn: MSISDN })
  const site = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
  await pavel.call(contracts.assistant.setAssistantDoor, { params: { id: site }, body: { on: true } })
  await otklik.understanding.drain()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const answered = (one: Visitor, words: RegExp) =>
  vi.waitFor(async () => expect((await one.shown()).at(-1)).toMatch(words), {
    timeout: 20_000,
    interval: 100,
  })
const press = (one: Visitor, title: string) =>
  one.chat.getByRole('button', { name: title, exact: true }).last().click()
const picture = async (one: Visitor, name: string) => {
  if (PICTURES) await one.page.screenshot({ path: `${PICTURES}/assistant-${name}.png` })
}

/** Where a call is promised now. */
async function promisedCall() {
  const anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  const { items } = await anna.call(contracts.conversations.listConversations, {
    query: { view: 'unassigned', state: 'snoozed', limit: 10 },
  })
  return items.find(({ callBack }) => callBack !== null)
}

describe('somebody in the site’s chat', () => {
  test.each([
    ['phone', PHONE],
    ['wide', {}],
  ])(
    'has a paid subscription stopped by the assistant, in their own words and by its buttons (%s)',
    async (name, options) => {
      const one = await aVisitor(browser, otklik.url, options)
      await one.say('у меня какие-то платные подписки, убери')
      await answered(one, /Это личные сведения/)
      await one.say('8 900 000-01-01')
      await answered(one, /Отправил код/)
      const code = await eventually(
        async () => /\d{6}/.exec(world.sms.sentTo(MSISDN).at(-1)?.text ?? '')?.[0],
      )
      await one.say(code)
      await answered(one, /Подписк[аи]/)
      await picture(one, `${name}-list`)
      // The phone's turn takes one of the two; the wide one finds one left.
      if (name === 'phone') {
        await press(one, 'Отключить одну')
        await answered(one, /Какую отключить/)
        await press(one, 'Кино')
      } else await press(one, 'Отключить')
      await answered(one, /Подтверждаете\?$/)
      await picture(one, `${name}-confirm`)
      await press(one, 'Да')
      await answered(one, name === 'phone' ? /«Кино» отключена/ : /Платных подписок больше нет/)
      await picture(one, `${name}-done`)
      await one.context.close()
    },
    120_000,
  )

  test('is handed to an agent, who reads what it was about', async () => {
    const one = await aVisitor(browser, otklik.url)
    await one.say('верните деньги за подписку, я ничего не подключала')
    await answered(one, /./)
    await one.say('оператор')
    await answered(one, /Зову человека/)
    const desk = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    await desk.open('Зову человека. Всё, что вы рассказали, он увидит — повторять не придётся.')
    await desk.timeline.getByText('Передано помощником: попросил человека.').waitFor()
    if (PICTURES) await desk.page.screenshot({ path: `${PICTURES}/assistant-desk.png` })
    await desk.context.close()
    await one.context.close()
  }, 120_000)

  test.each([
    ['wide', {}],
    ['phone', { ...PHONE, colorScheme: 'dark' as const }],
  ])(
    'is promised a call, which an agent finds with its time and number, and ticks off (%s)',
    async (name, options) => {
      const one = await aVisitor(browser, otklik.url)
      await one.say('перезвоните мне')
      await answered(one, /На какой номер/)
      await one.say('8 900 000-09-09')
      await answered(one, /В какой день/)
      await one.say('завтра')
      await answered(one, /Записал: перезвоним/)
      const { id } = await eventually(promisedCall)
      const desk = await aDeskOf(browser, otklik.url, otklik.logins.anna, options)
      await desk.page.goto(`${otklik.url}/desk/inbox/${id}?view=unassigned&state=snoozed`)
      const call = desk.page.getByRole('region', { name: 'Обещанный звонок' })
      await expect.poll(() => call.innerText()).toMatch(/\d+ [а-я]+ в 09:00 по времени абонента \(МСК\)/)
      expect(await call.getByRole('link').getAttribute('href')).toBe('tel:+79000000909')
      if (PICTURES) await desk.page.screenshot({ path: `${PICTURES}/call-back-${name}.png` })
      expect(await violationsOf(desk.page)).toEqual([])
      await call.getByRole('button', { name: 'Перезвонили' }).click()
      await call.waitFor({ state: 'detached' })
      await desk.timeline.getByText('Перезвонили, как обещали').waitFor()
      await desk.context.close()
      await one.context.close()
    },
    120_000,
  )
})
