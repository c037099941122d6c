import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser } from './launch.ts'
import { aVisitor } from './visitor.ts'

let otklik: TestOtklik
let browser: Browser
let axe: string

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
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[]
}

/** What axe-core calls serious or critical, with where and why; open shadow roots are looked into. */
async function violationsOf(page: Page): Promise<string[]> {
  // Run by the debugger, which the page's content security policy does not bind.
  await page.evaluate(axe)
  const violations = await page.evaluate<Violation[]>('axe.run().then((found) => found.violations)')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)} ${node.failureSummary}`))
}

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
