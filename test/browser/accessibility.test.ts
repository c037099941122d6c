import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser } from './launch.ts'
import { violationsOf } from './violations.ts'
import { aVisitor } from './visitor.ts'

let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: { quickReplies: { ru: ['Сколько у меня осталось?'], en: [] } },
    secrets: {},
  })
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

describe.each(['light', 'dark'] as const)('in a %s theme axe-core finds nothing serious', (colorScheme) => {
  test('on the site with the open chat, and at the desk: inbox and conversation', async () => {
    const visitor = await aVisitor(browser, otklik.url, { colorScheme })
    expect(await violationsOf(visitor.page)).toEqual([])
    const text = `Здравствуйте, ${colorScheme}`
    await visitor.say(text)
    const irina = await aDeskOf(browser, otklik.url, otklik.logins.irina, { colorScheme })
    await irina.page.getByRole('link', { name: /^Ничьи/ }).click()
    await irina.page.getByText(text, { exact: true }).waitFor()
    expect(await violationsOf(irina.page)).toEqual([])
    await irina.open(text)
    await irina.claim()
    await irina.answer('Здравствуйте!')
    await visitor.chat.getByText('Здравствуйте!', { exact: true }).waitFor()
    expect(await violationsOf(irina.page)).toEqual([])
    expect(await violationsOf(visitor.page)).toEqual([])
    await visitor.context.close()
    await irina.context.close()
  }, 120_000)
})
