import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf, type Desk } from './desk.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { aVisitor, type Visitor } from './visitor.ts'

let otklik: TestOtklik
let browser: Browser
const contexts: BrowserContext[] = []
const SOON = { timeout: 20_000, interval: 100 }

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

async function visitor(): Promise<Visitor> {
  const one = await aVisitor(browser, otklik.url)
  contexts.push(one.context)
  return one
}
async function desk(name: 'anna' | 'timur', options = {}): Promise<Desk> {
  const one = await aDeskOf(browser, otklik.url, otklik.logins[name], options)
  contexts.push(one.context)
  return one
}
const bothShow = (one: Visitor, other: Desk, lines: string[]) =>
  vi.waitFor(async () => {
    expect(await one.shown()).toEqual(lines)
    expect(await other.shown()).toEqual(lines)
  }, SOON)

describe('a visitor on a site and an agent at the desk', () => {
  test('understand each other through reloads and cut networks: nothing lost, doubled or reordered', async () => {
    const subscriber = await visitor()
    await subscriber.say('Пропал интернет')
    const anna = await desk('anna')
    await anna.open('Пропал интернет')
    await anna.claim()
    await anna.answer('Здравствуйте! Смотрю.')
    const lines = ['visitor: Пропал интернет', 'agent: Здравствуйте! Смотрю.']
    await bothShow(subscriber, anna, lines)

    await subscriber.page.reload()
    await anna.page.reload()
    await subscriber.openChat()
    await bothShow(subscriber, anna, lines)

    await subscriber.context.setOffline(true)
    await subscriber.say('Алло?')
    await anna.answer('Перезагрузите, пожалуйста, телефон.')
    await subscriber.say('Связь пропадает')
    expect(await subscriber.shown()).toEqual([...lines, 'visitor: Алло?', 'visitor: Связь пропадает'])
    await subscriber.context.setOffline(false)
    lines.push('agent: Перезагрузите, пожалуйста, телефон.', 'visitor: Алло?', 'visitor: Связь пропадает')
    await bothShow(subscriber, anna, lines)

    await anna.context.setOffline(true)
    await anna.write('Сейчас проверю вышку.')
    await anna.page.getByText('нет ответа сервера').waitFor()
    await subscriber.say('Перезагрузил')
    await vi.waitFor(
      async () => expect(await subscriber.chat.getByText(/Отправлено|Прочитано/).count()).toBe(1),
      SOON,
    )
    await anna.context.setOffline(false)
    await anna.timeline.getByText('Перезагрузил', { exact: true }).waitFor()
    lines.push('visitor: Перезагрузил', 'agent: Сейчас проверю вышку.')
    await bothShow(subscriber, anna, lines)

    await subscriber.page.reload()
    await anna.page.reload()
    await subscriber.openChat()
    await bothShow(subscriber, anna, lines)
  })

  test('see the photo that the visitor sends', async () => {
    const subscriber = await visitor()
    await subscriber.say('Вот что на экране')
    const anna = await desk('anna')
    await anna.open('Вот что на экране')
    const photo = await subscriber.page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } })
    await subscriber.attach({ name: 'экран.png', mimeType: 'image/png', buffer: photo })
    await subscriber.say('Снимок')
    for (const picture of [
      subscriber.chat.getByRole('img', { name: 'Фото: экран.png' }),
      anna.timeline.getByRole('img', { name: 'экран.png' }),
    ]) {
      await picture.waitFor()
      const width = () => picture.evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : 0))
      await vi.waitFor(async () => expect(await width()).toBe(320), SOON)
    }
  })
})

describe('an answer', () => {
  test('that was taken back never reaches the visitor, and its words return to the agent', async () => {
    const subscriber = await visitor()
    await subscriber.say('Сколько стоит Океан?')
    const anna = await desk('anna')
    await anna.open('Сколько стоит Океан?')
    await anna.claim()
    await anna.write('790 долларов')
    await anna.page.getByRole('button', { name: 'Отменить', exact: true }).click()
    await vi.waitFor(async () => expect(await anna.field.inputValue()).toBe('790 долларов'), SOON)
    expect(await anna.shown()).toEqual(['visitor: Сколько стоит Океан?'])
    await anna.answer('790 рублей')
    await bothShow(subscriber, anna, ['visitor: Сколько стоит Океан?', 'agent: 790 рублей'])
  })
})

describe('two agents', () => {
  test('cannot both claim: the second is told who was first', async () => {
    const subscriber = await visitor()
    await subscriber.say('Кто-нибудь, помогите')
    const [anna, timur] = await Promise.all([desk('anna'), desk('timur')])
    await anna.open('Кто-нибудь, помогите')
    await timur.open('Кто-нибудь, помогите')
    // Timur's click is on its way while Anna's arrives.
    let letGo = () => {}
    const first = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await timur.page.route('**/claim', async (route) => {
      await first
      await route.continue()
    })
    await timur.page.getByRole('button', { name: 'Взять', exact: true }).click()
    await anna.claim()
    letGo()
    await timur.page.getByText(/уже взят.*Анна Орлова/).waitFor()
  })
})

describe('on a phone', () => {
  test('an agent goes from the inbox to the conversation, answers and comes back', async () => {
    const subscriber = await visitor()
    await subscriber.say('Вы тут?')
    const anna = await desk('anna', PHONE)
    await anna.open('Вы тут?')
    expect(await anna.page.getByRole('list', { name: 'Список диалогов' }).isVisible()).toBe(false)
    await anna.claim()
    await anna.answer('Тут, слушаю вас.')
    await bothShow(subscriber, anna, ['visitor: Вы тут?', 'agent: Тут, слушаю вас.'])
    const overflow = await anna.page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow).toBeLessThanOrEqual(0)
    await anna.page.getByRole('link', { name: 'К списку' }).click()
    await anna.page.getByRole('list', { name: 'Список диалогов' }).waitFor()
  })
})
