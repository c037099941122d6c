import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { seededPeople, startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf, type Desk } from './desk.ts'
import { launchBrowser } from './launch.ts'

const { conversations } = contracts
let world: World
let otklik: TestOtklik
let browser: Browser
let irina: Caller
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[browser, world] = await Promise.all([
    launchBrowser(),
    startWorld({
      timeScale: 0.001,
      max: { token: 'max-token' },
      people: seededPeople.flatMap((one) => [
        one,
        { ...one, key: `${one.key}-2`, userId: one.userId + 100, msisdn: `${Number(one.msisdn) + 100}` },
      ]),
    }),
  ])
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  const door = await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max` },
    secrets: { token: 'max-token', webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  await otklik.reconcileDoors()
  await eventually(async () => world.max.isSubscribed(`${otklik.url}/channels/${door}/webhook`))
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

/** An agent with the conversation of somebody who has just written. */
async function aTalkWith(person: string, text: string): Promise<Desk> {
  await world.act('max', person, { act: 'text', text })
  const desk = await aDeskOf(browser, otklik.url, otklik.logins.anna)
  contexts.push(desk.context)
  await desk.open(text)
  await desk.claim()
  return desk
}
const heardBy = (person: string) =>
  world
    .view('max', person)
    .messages.filter((one) => one.from === 'operator')
    .map((one) => one.text)
const hears = (person: string, text: string) => eventually(async () => heardBy(person).includes(text), 20_000)

describe('after a lost network the desk', () => {
  test('shows what became of a message meanwhile', async () => {
    const anna = await aTalkWith('anna', 'Когда починят?')
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: 'drop-after-accept' })
    await anna.answer('К вечеру.')
    const unknown = anna.timeline.getByRole('button', { name: 'Дошло', exact: true })
    await unknown.waitFor()
    await anna.context.setOffline(true)
    await anna.page.getByText(/^Нет связи/).waitFor()

    const { items } = await irina.call(conversations.listConversations, { query: { view: 'all' } })
    const { entries } = await irina.call(conversations.readTimeline, { params: { id: items[0]!.id } })
    const { messageId } = entries.find((one) => one.delivery?.state === 'unknown')!.delivery!
    await irina.call(conversations.settleMessage, { params: { id: messageId }, body: { arrived: false } })

    await anna.context.setOffline(false)
    await anna.timeline.getByText('не доставлено').waitFor()
    await anna.timeline.getByRole('button', { name: 'Повторить' }).waitFor()
    expect(await unknown.count()).toBe(0)
  })

  test('sends by itself, in order, what could not leave', async () => {
    const anna = await aTalkWith('timur', 'Вы тут?')
    await anna.context.setOffline(true)
    await anna.write('Тут.')
    await anna.timeline.getByText('нет ответа сервера').waitFor()
    await anna.write('Слушаю вас.')
    await anna.context.setOffline(false)
    await hears('timur', 'Слушаю вас.')
    expect(heardBy('timur')).toEqual(['Тут.', 'Слушаю вас.'])
    expect(await anna.field.inputValue()).toBe('')
  })
})

describe('an answer that could not leave', () => {
  test('survives the lock, unseen, and leaves when the same agent is back', async () => {
    const anna = await aTalkWith('pyotr', 'Алло')
    await anna.context.setOffline(true)
    await anna.write('Слышу вас.')
    await anna.timeline.getByText('нет ответа сервера').waitFor()
    await anna.page.getByRole('button', { name: /^Моё меню/ }).click()
    await anna.page.getByRole('menuitem', { name: 'Заблокировать' }).click()
    const password = anna.page.getByRole('textbox', { name: 'Пароль' })
    await password.waitFor()
    expect(await anna.page.content()).not.toContain('Слышу вас.')
    await anna.context.setOffline(false)
    await password.fill(otklik.logins.anna.password)
    await anna.page.getByRole('button', { name: 'Продолжить' }).click()
    await hears('pyotr', 'Слышу вас.')
  })

  test('keeps the browser from closing the tab unasked', async () => {
    const anna = await aTalkWith('emily', 'Hello?')
    await anna.context.setOffline(true)
    await anna.write('Hello!')
    await anna.timeline.getByText('нет ответа сервера').waitFor()
    const asked = anna.page.waitForEvent('dialog')
    await anna.page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.accept()
  })

  test('that the server refuses when it is sent again comes back to the field, with the reason', async () => {
    const anna = await aTalkWith('zinaida', 'Спасибо')
    await anna.context.setOffline(true)
    await anna.write('Пожалуйста!')
    await anna.timeline.getByText('нет ответа сервера').waitFor()
    await world.act('max', 'zinaida', { act: 'block' })
    await eventually(async () => {
      const { items } = await irina.call(conversations.listConversations, { query: { view: 'all' } })
      const id = items.find((one) => one.preview === 'Спасибо')!.id
      const { lanes } = await irina.call(conversations.getConversation, { params: { id } })
      return lanes[0]?.reachable === false
    })
    await anna.context.setOffline(false)
    await vi.waitFor(async () => expect(await anna.field.inputValue()).toBe('Пожалуйста!'), 20_000)
    expect(await anna.timeline.getByText('нет ответа сервера').count()).toBe(0)
  })
})

describe('a draft', () => {
  test('has its last words after a reload that comes at once', async () => {
    const anna = await aTalkWith('anna-2', 'Ещё вопрос')
    await anna.field.pressSequentially('Пишу и сразу перезагружаю')
    await anna.page.reload()
    await anna.timeline.getByText('Ещё вопрос', { exact: true }).waitFor()
    await vi.waitFor(
      async () => expect(await anna.field.inputValue()).toBe('Пишу и сразу перезагружаю'),
      20_000,
    )
  })
})
