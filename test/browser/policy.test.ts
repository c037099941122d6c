import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser } from './launch.ts'
import { aVisitor } from './visitor.ts'

let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  const door = { kind: 'web-chat', name: 'Сайт', settings: {}, secrets: {} } as const
  await otklik.openDoor({ ...door, policy: 'no-personal-data' })
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

test('where nothing personal may be said the desk tells what to take out while one writes', async () => {
  const visitor = await aVisitor(browser, otklik.url)
  await visitor.say('Какой у меня номер?')
  const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
  await anna.open('Какой у меня номер?')
  await anna.claim()
  const send = anna.page.getByRole('button', { name: 'Отправить', exact: true })
  await anna.page.getByText('Через этот канал ничего личного: ни номеров').waitFor()
  expect(await anna.page.getByRole('button', { name: 'Приложить файл' }).count()).toBe(0)

  await anna.field.fill('Ваш номер +7 916 123-45-67')
  await anna.page.getByText('Уберите номер телефона').waitFor()
  expect(await send.isDisabled()).toBe(true)
  await anna.field.fill('Он указан в приложении, на первом экране')
  await anna.page.getByText('Уберите номер телефона').waitFor({ state: 'detached' })
  await anna.answer('Он указан в приложении, на первом экране')
  await visitor.chat.getByText('Он указан в приложении').waitFor()
  await anna.context.close()
  await visitor.context.close()
})
