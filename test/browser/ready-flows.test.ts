import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIRST_FLOWS } from '../../server/care/assistant/index.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDesigner, openFlow, picture, talkOf } from './designer.ts'
import { launchBrowser } from './launch.ts'

let otklik: TestOtklik
let browser: Browser

beforeAll(async () => {
  ;[browser, otklik] = await Promise.all([launchBrowser(), anOtklik()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

/** What is done to come to an end: a choice by its title, else words. */
type Act = { readonly choose: string } | { readonly say: string }
interface Way {
  readonly acts: readonly Act[]
  readonly ends: RegExp
}
const choose = (title: string): Act => ({ choose: title })
const say = (words: string): Act => ({ say: words })

const READY: Readonly<Record<(typeof FIRST_FLOWS)[number], Way>> = {
  'call-back': { acts: [say('89000000101'), say('завтра')], ends: /Задача перезвонить/ },
  charges: { acts: [choose('Понятно')], ends: /дело сделано/ },
  complaint: { acts: [say('Вчера весь день не было связи')], ends: /очередь «complaints»/ },
  emergency: { acts: [], ends: /очередь «emergency»/ },
  internet: { acts: [choose('Нет'), choose('Да'), choose('Да')], ends: /Отлично![\s\S]*дело сделано/ },
  left: { acts: [choose('Это всё')], ends: /дело сделано/ },
  main: { acts: [choose('Остатки и баланс'), choose('Это всё')], ends: /дело сделано/ },
  market: { acts: [], ends: /дело сделано/ },
  options: {
    acts: [choose('Подключить'), choose('Ещё 20 ГБ'), choose('Да')],
    ends: /«Ещё 20 ГБ» подключена/,
  },
  person: { acts: [], ends: /Передано человеку/ },
  'promised-payment': { acts: [say('100'), choose('Да')], ends: /Готово, 100\s₽ уже на счёте/ },
  roaming: { acts: [choose('Поездка: Турция'), choose('Да')], ends: /«Поездка: Турция» подключён/ },
  'sim-lost': { acts: [choose('Да')], ends: /Номер заблокирован/ },
  specialist: { acts: [choose('Позвать')], ends: /Передано человеку/ },
  subscriptions: {
    acts: [choose('Отключить одну'), choose('Кино'), choose('Да')],
    ends: /«Кино» отключена/,
  },
  tariff: { acts: [choose('Штиль'), choose('Да')], ends: /«Штиль» начнётся/ },
  // Courtesy is nobody's task: it counts for nothing.
  thanks: { acts: [], ends: /дело не сделано/ },
  'top-up': { acts: [], ends: /дело сделано/ },
}

async function write(page: Page, field: string, words: string) {
  await page.getByRole('textbox', { name: field }).fill(words)
  await page.getByRole('button', { name: 'Отправить' }).click()
}

async function doInWriting(page: Page, act: Act) {
  if ('say' in act) return write(page, 'Написать своими словами', act.say)
  await page.getByRole('button', { name: act.choose, exact: true }).click()
}

/** By the key that the prompt names; digits are keyed in, what has letters is said aloud. */
async function doByPhone(page: Page, act: Act) {
  const press = (name: string) =>
    page.getByRole('group', { name: 'Клавиши телефона' }).getByRole('button', { name, exact: true }).click()
  if ('say' in act) {
    if (/\D/.test(act.say)) return write(page, 'Сказать голосом', act.say)
    for (const digit of act.say) await press(digit)
    return press('#')
  }
  const named = `${act.choose} — нажмите `
  const prompt = await talkOf(page).getByText(named).last().innerText()
  await press(prompt.slice(prompt.lastIndexOf(named) + named.length).slice(0, 1))
}

describe.each([
  ['Чат', doInWriting],
  ['Телефон', doByPhone],
] as const)('in the simulator, as %s', (mode, perform) => {
  let page: Page
  beforeAll(async () => {
    page = await aDesigner(browser, otklik)
  }, 60_000)
  afterAll(() => page?.context().close())

  test.each(FIRST_FLOWS)(
    'the ready flow %s is gone through to its end',
    async (key) => {
      const { acts, ends } = READY[key]
      await openFlow(page, otklik, key)
      await page.getByRole('region', { name: 'Проба сценария' }).getByText(mode, { exact: true }).click()
      for (const [done, act] of acts.entries()) {
        await perform(page, act)
        await expect.poll(() => talkOf(page).locator('[data-mine]').count()).toBe(done + 1)
        await expect.poll(() => talkOf(page).getAttribute('aria-busy')).toBe('false')
      }
      await page.getByRole('button', { name: 'Пройти ещё раз' }).waitFor()
      expect(await talkOf(page).innerText()).toMatch(ends)
      if (mode === 'Телефон' && key === 'subscriptions') await picture(page, 'telephone')
    },
    60_000,
  )
})
