import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PHONE } from './launch.ts'

let otklik: TestOtklik
let browser: Browser
let door: MaxDoor

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  door = await aMaxDoor(otklik)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

describe('an agent on a busy day', () => {
  test('is led from nothing of their own to who waits, and chooses topic and outcome of a matter by keys alone', async () => {
    await door.post(door.message(1, 'Пропал интернет').update)
    const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
    await eventually(async () => {
      const counted = await irina.call(contracts.conversations.countConversations)
      return counted.unassigned.open === 1
    })
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    const { page } = anna
    await page.getByText('Ещё 1 диалог никто не ведёт.').waitFor()
    await page.getByRole('button', { name: 'Открыть «Ничьи»' }).click()
    const list = page.getByRole('list', { name: 'Список диалогов' })
    await list.getByRole('link').filter({ hasText: 'Пропал интернет' }).click()
    await anna.claim()

    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Завершить диалог' })
    await dialog.waitFor()
    const topic = dialog.getByRole('combobox', { name: 'Тема' }).or(dialog.getByLabel('Тема')).first()
    await page.keyboard.type('такой темы нет')
    await page.getByText('Такой темы нет').waitFor()
    await page.keyboard.press('Enter')
    await topic.fill('медлен')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    expect(await topic.inputValue()).toMatch(/медлен/i)
    const end = dialog.getByRole('button', { name: 'Завершить' })
    expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await end.isDisabled()).toBe(true)
    await dialog.getByRole('radio', { name: 'Частично' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.getByText(/^Завершён .*Частично/).waitFor()
    await anna.context.close()
  })

  test('is shown as on the line again after a pause, without touching anything', async () => {
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    await anna.page.goto('about:blank')
    await rows(
      otklik.db,
      sql`update staff.member set presence_at = presence_at - interval '5 minutes' where id = ${otklik.logins.anna.id}`,
    )
    await anna.page.goto(`${otklik.url}/desk/`)
    const dot = anna.page.locator('[data-presence]')
    await dot.waitFor()
    expect(await dot.getAttribute('data-presence')).toBe('offline')
    await anna.page.locator('[data-presence=online]').waitFor({ timeout: 60_000 })
    await anna.context.close()
  }, 90_000)
})

describe('an agent with a full list', () => {
  /** Conversations that wait, oldest first; gives the words of each. */
  async function waiting(first: number, count: number): Promise<string[]> {
    const texts = Array.from({ length: count }, (_, index) => `Дело ${first + index}`)
    for (const [index, text] of texts.entries()) await door.post(door.message(first + index, text).update)
    const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
    await eventually(async () => {
      const { items } = await irina.call(contracts.conversations.listConversations, {
        query: { view: 'unassigned', state: 'open', limit: 40 },
      })
      return texts.every((text) => items.some((one) => one.preview === text))
    })
    return texts
  }

  test('goes on from what is over to the next of the list, at last to who waits for anybody', async () => {
    const [one = '', two = '', three = ''] = await waiting(21, 3)
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    const { page, timeline } = anna
    for (const text of [one, two]) {
      await anna.open(text)
      await anna.claim()
    }
    await page.getByRole('link', { name: /^Мои/ }).click()
    const list = page.getByRole('list', { name: 'Список диалогов' })
    await list.getByRole('link').filter({ hasText: one }).click()
    await timeline.getByText(one, { exact: true }).waitFor()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Завершить диалог' })
    await dialog.getByRole('radio', { name: 'Решено', exact: true }).focus()
    await page.keyboard.press('Space')
    await dialog.getByRole('button', { name: 'Завершить' }).click()
    const closed = page.getByText(/^Завершён .*Решено/).locator('..')
    await closed.waitFor()
    await page.getByText('отвечали вы').waitFor()
    expect(await page.getByText('веду я').count()).toBe(0)
    const pocket = await aDeskOf(browser, otklik.url, otklik.logins.anna, PHONE)
    await pocket.page.goto(page.url())
    const onPhone = pocket.page.getByText(/^Завершён .*Решено/).locator('..')
    await onPhone.waitFor()
    const cut = await onPhone
      .locator('.mantine-Button-label')
      .evaluateAll((labels) => labels.map((one) => one.scrollWidth > one.clientWidth))
    expect(cut).toEqual([false, false])
    await pocket.context.close()
    await closed.getByRole('button', { name: 'Следующий диалог' }).click()
    await timeline.getByText(two, { exact: true }).waitFor()

    await list.getByRole('link').filter({ hasText: one }).waitFor({ state: 'detached' })
    await page.keyboard.press(']')
    await timeline.getByText(three, { exact: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('view')).toBe('unassigned')
    await anna.claim()
    await page.keyboard.press(']')
    await page.getByText('Это был последний: больше никто не ждёт').waitFor()
    await anna.context.close()
  })

  test('sees calmly what a colleague took under the pointer, and is led by filters to nothing that they hide', async () => {
    const [text = ''] = await waiting(31, 1)
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    const { page } = anna
    await page.getByRole('link', { name: /^Ничьи/ }).click()
    const row = page
      .getByRole('list', { name: 'Список диалогов' })
      .getByRole('link')
      .filter({ hasText: text })
    await row.hover()
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    const { items } = await timur.call(contracts.conversations.listConversations, {
      query: { view: 'unassigned', state: 'open', limit: 40 },
    })
    const id = items.find((one) => one.preview === text)?.id ?? ''
    await timur.call(contracts.conversations.claimConversation, { params: { id } })
    await row.getByText('уже взяли').waitFor()

    await waiting(32, 1)
    await page.goto(`${otklik.url}/desk/inbox?view=mine&state=snoozed&channel=email`)
    await page.getByText('У вас нет диалогов').waitFor()
    await page.goto(`${otklik.url}/desk/inbox?view=mine&state=open&channel=email`)
    await page.getByText('Здесь появятся диалоги, которые подходят под фильтр.').waitFor()
    expect(await page.getByRole('button', { name: 'Открыть «Ничьи»' }).count()).toBe(0)
    await anna.context.close()
  })

  test('sees what was changed above what it became, apart from it', async () => {
    const { update, mid } = door.message(51, 'Номер договора 17')
    await door.post(update)
    await door.post(door.edit(51, mid, 'Номер договора 71'))
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna, PHONE)
    const { page, timeline } = anna
    await page.getByRole('link', { name: /^Ничьи/ }).click()
    const list = page.getByRole('list', { name: 'Список диалогов' })
    await list.getByRole('link').filter({ hasText: 'Номер договора' }).click()
    await timeline.getByText('Номер договора 71', { exact: true }).waitFor()
    expect(await timeline.getByText('Было:').count()).toBe(0)
    await timeline.getByRole('button', { name: 'изменено' }).click()
    const before = timeline.getByText('Было:').locator('..')
    await before.getByText('Номер договора 17', { exact: true }).waitFor()
    expect(await before.getByText('Номер договора 71').count()).toBe(0)
    await anna.context.close()
  })

  test('finds the cursor where the keys say that it goes', async () => {
    const [text = ''] = await waiting(41, 1)
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    const { page } = anna
    await anna.open(text)
    await page.keyboard.press('h')
    const finder = page.getByRole('searchbox', { name: 'Найти статью' })
    await page.locator('input[type=search]:focus').waitFor()
    await page.keyboard.press('Escape')
    await finder.waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.waitForURL(/\/desk\/search/)
    await page.locator('input:focus').waitFor()
    await page.keyboard.type('79')
    expect(await page.locator('input:focus').inputValue()).toBe('79')
    await anna.context.close()
  })
})

describe('who answers nobody', () => {
  async function begins(login: { email: string; password: string }) {
    const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1360, height: 860 } })
    const page = await context.newPage()
    await page.goto(`${otklik.url}/desk/`)
    await page.getByLabel('Почта').fill(login.email)
    await page.locator('input[type=password]').fill(login.password)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    return { page, context }
  }

  test('begins with their own work, and is offered no keys of conversations', async () => {
    const designer = await begins(otklik.logins.pavel)
    await designer.page.getByRole('heading', { name: 'Сценарии' }).waitFor()
    await designer.page.keyboard.press('Shift+Slash')
    const sheet = designer.page.getByRole('dialog', { name: 'Горячие клавиши' })
    await sheet.getByText('Все команды').waitFor()
    expect(await sheet.getByText('Взять диалог').count()).toBe(0)
    await designer.page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await designer.page.keyboard.press('Control+k')
    await designer.page.getByPlaceholder('Что сделать?').fill('Диалоги')
    await designer.page.getByText('Такого действия нет.').waitFor()
    await designer.context.close()

    const admin = await begins(otklik.logins.admin)
    await admin.page.getByRole('heading', { name: 'Каналы' }).waitFor()
    await admin.page.goto(`${otklik.url}/desk/containment`)
    await admin.page.getByRole('link', { name: 'Открыть каналы' }).click()
    await admin.page.getByRole('heading', { name: 'Каналы' }).waitFor()
    await admin.context.close()
  })
})

describe('a supervisor', () => {
  test('is told in words why an event could not be filed, and which are tried no more', async () => {
    await door.post('{ a broken')
    await door.post('{ another')
    await rows(
      otklik.db,
      sql`update timeline.unfiled_event set state = 'set-aside', reason = 'TypeError: fetch failed', next_attempt_at = null
          where id = (select max(id::text)::uuid from timeline.unfiled_event)`,
    )
    const { page, context } = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await page.goto(`${otklik.url}/desk/unfiled`)
    const row = (words: string) => page.getByRole('row').filter({ hasText: words })
    await row('Пришло не событие: это не JSON.').waitFor()
    await row('Разобрать не удалось, ошибка: TypeError: fetch failed')
      .getByText('Само больше не повторится')
      .waitFor()
    await context.close()
  })

  test('is told who may switch the assistant on rather than sent where they may not', async () => {
    const { page, context } = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await page.goto(`${otklik.url}/desk/containment`)
    await page.getByText('Его включает администратор, в «Каналах».').waitFor()
    expect(await page.getByRole('link', { name: 'Открыть каналы' }).count()).toBe(0)
    await context.close()
  })

  test('comes by the palette to every place that the rail leads to', async () => {
    const { page, context } = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    for (const [words, heading] of [
      ['неразобр', 'Неразобранные события'],
      ['решённое', 'Помощник: решённое без людей'],
    ] as const) {
      await page.keyboard.press('Control+k')
      await page.getByPlaceholder('Что сделать?').fill(words)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: heading }).waitFor()
    }
    await context.close()
  })
})
