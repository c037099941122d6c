import type { Browser, BrowserContext, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { launchBrowser, PATIENCE_MS } from './launch.ts'
import { violationsOf } from './violations.ts'

const { chat, conversations } = contracts
let otklik: TestOtklik
let browser: Browser
let account: string
let anna: Caller
const contexts: BrowserContext[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  const door = { kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} } as const
  account = await otklik.openDoor(door)
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

/** Somebody at their settings, in this room. */
async function settingsOf(login: { email: string; password: string }, section: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 800 } })
  contexts.push(context)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${otklik.url}/desk/settings/${section}`)
  await page.getByLabel('Почта').fill(login.email)
  await page.locator('input[type=password]').fill(login.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  return page
}

async function aConversation(text: string) {
  const visitor = await aVisitorCaller(otklik.url, account)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text } })
  const found = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'unassigned' } })
    return items.find((one) => one.preview === text)
  })
  return { visitor, ...found }
}

test('an agent who follows a link to what is not theirs is told once that it is nothing, and can go on', async () => {
  const page = await settingsOf(otklik.logins.anna, 'profile')
  await page.getByRole('heading', { name: 'Профиль' }).waitFor()
  for (const place of ['approvals', 'unfiled', 'containment', 'assistant/flows']) {
    await page.goto(`${otklik.url}/desk/${place}`)
    await page.getByText('Такой страницы нет').waitFor()
    expect(await page.getByText('недоступно').count()).toBe(0)
  }
  await page.goto(`${otklik.url}/desk/inbox/mistyped`)
  await page.getByText('Такой страницы нет').waitFor()
  await page.goto(`${otklik.url}/desk/inbox/${crypto.randomUUID()}`)
  await page.getByText('Не нашлось').waitFor()
  expect(await page.getByRole('button', { name: 'Повторить' }).count()).toBe(0)
  await page.getByRole('link', { name: 'К началу' }).click()
  await page.getByRole('navigation', { name: 'Чьи диалоги' }).waitFor()
})

describe('an admin who answers nobody', () => {
  test('finds a person by an exact number, exports and erases them, and reads the report', async () => {
    const { visitor, number } = await aConversation('Сотрите меня, пожалуйста')
    const page = await settingsOf(otklik.logins.admin, 'erasures')
    const field = page.getByRole('textbox', {
      name: 'Номер телефона, адрес, имя в мессенджере или номер диалога',
    })
    await field.fill('79991112233')
    await page.getByRole('button', { name: 'Найти' }).click()
    await page.getByText('Никого не нашли').waitFor()
    await field.fill(`№ ${number}`)
    await page.getByRole('button', { name: 'Найти' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Выгрузить' }).click()
    expect((await download).suggestedFilename()).toMatch(/^person-.*\.json$/)

    await page.getByRole('button', { name: 'Уничтожить…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Отзыв согласия')
    await dialog.getByRole('button', { name: 'Уничтожить' }).click()
    const report = page.getByRole('row').filter({ hasText: 'Отзыв согласия' })
    await report.getByText(/тексты\s1/).waitFor()
    await page.getByText('Никого не нашли').waitFor()
    await expect(visitor.call(chat.readChat, { query: { after: 0 } })).rejects.toThrow('401')
  })
})

describe('a supervisor', () => {
  test('sees all accesses of one agent in a period', async () => {
    const { id } = await aConversation('Кто меня читал?')
    await anna.call(conversations.getConversation, { params: { id } })
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    await timur.call(conversations.getConversation, { params: { id } })
    const page = await settingsOf(otklik.logins.irina, 'accesses')
    const rows = page.getByRole('row')
    await rows.filter({ hasText: 'Анна Орлова' }).first().waitFor()
    await page.getByRole('combobox', { name: 'Сотрудник' }).click()
    await page.getByRole('option', { name: 'Тимур' }).click()
    await vi.waitFor(
      async () => expect(await rows.filter({ hasText: 'Анна Орлова' }).count()).toBe(0),
      20_000,
    )
    await rows.filter({ hasText: 'открыт диалог' }).first().waitFor()
    await page.getByLabel('По', { exact: true }).fill('2020-01-31')
    await page.getByText('За это время никто никого не открывал').waitFor()
    await page.getByLabel('По', { exact: true }).fill('')
    await rows.filter({ hasText: 'Тимур' }).first().waitFor()
  })
})

describe('what is wrong', () => {
  test('with a channel, and with what came by it, is said in words', async () => {
    const door = { kind: 'telegram', policy: 'full', settings: {}, secrets: {} } as const
    const id = await otklik.openDoor({ ...door, name: 'Бот без токена' })
    await otklik.reconcileDoors()
    const raw = uuid()
    await rows(
      otklik.db,
      sql`insert into timeline.raw_event (received_at, id, channel_account_id, payload) values (now(), ${raw}, ${id}, '{}')`,
    )
    await rows(
      otklik.db,
      sql`insert into timeline.unfiled_event (id, channel_account_id, raw_id, raw_received_at, state, reason, attempts, changed_at)
        values (${uuid()}, ${id}, ${raw}, now(), 'set-aside', 'MailUnread 17', 5, now())`,
    )
    const page = await settingsOf(otklik.logins.admin, 'channels')
    const row = page.getByRole('row').filter({ hasText: 'Бот без токена' })
    await row.getByText('Не задано: Токен, Секрет входящих запросов.').waitFor()
    await row.getByRole('button', { name: 'Проверить' }).click()
    await page.getByRole('alert').getByText('Бот без токена: Не задано').waitFor()
    await row.getByText(/^Проверено сегодня в/).waitFor()
    await page.goto(`${otklik.url}/desk/unfiled`)
    await page.getByText('Почтовый сервер не отдаёт письмо с UID 17. Оно осталось в ящике.').waitFor()
  })
})

describe('an admin who opens a channel', () => {
  test('sees what it wants to know, is told what is wrong, and leaves its policy to the law', async () => {
    const page = await settingsOf(otklik.logins.admin, 'channels')
    await page.getByRole('button', { name: 'Открыть канал' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Вид' }).or(dialog.getByLabel('Вид')).first().click()
    await page.getByRole('option', { name: 'Telegram' }).click()
    await dialog.getByLabel('Название').fill('Телеграм «Волны»')
    await dialog.getByLabel('Токен').fill('токен от BotFather')
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await dialog.getByText('Так не подходит').waitFor()
    await dialog.getByLabel('Токен').fill(' 700000001:a-token-of-the-test ')
    expect(await dialog.getByLabel('Секрет входящих запросов').inputValue()).toMatch(/^[0-9a-f]{64}$/)
    const bot = dialog.getByLabel('Имя бота')
    await bot.fill('@volna')
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await vi.waitFor(async () => expect(await bot.getAttribute('aria-invalid')).toBe('true'), 20_000)
    await bot.fill('volna_bot')
    await dialog.getByRole('combobox', { name: 'Как приходят сообщения' }).click()
    await page.getByRole('option', { name: 'забираем сами' }).click()
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Телеграм «Волны»' })
    await row.getByText('только приглашение').waitFor()
  })

  test('of a site finds the line that puts its chat there', async () => {
    const page = await settingsOf(otklik.logins.admin, 'channels')
    const row = page.getByRole('row').filter({ hasText: 'Сайт' })
    await row.getByRole('button', { name: 'Настроить' }).click()
    const line = `<script src="${otklik.url}/widget.js" data-account="${account}" async></script>`
    await page.getByRole('dialog').getByText(line, { exact: true }).waitFor()
  })

  test('of mail is offered to begin with today, and may have the whole folder read', async () => {
    const page = await settingsOf(otklik.logins.admin, 'channels')
    await page.getByRole('button', { name: 'Открыть канал' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Вид' }).or(dialog.getByLabel('Вид')).first().click()
    await page.getByRole('option', { name: 'Почта' }).click()
    const since = dialog.getByLabel('Приём: письма, пришедшие с')
    expect(await since.inputValue()).toBe(new Date().toISOString().slice(0, 10))
    await dialog.getByLabel('Название').fill('Почта «Волны»')
    await dialog.getByLabel('Адрес службы').fill('help@volna.example')
    for (const [label, value] of [
      ['Приём (IMAP): сервер', 'imap.volna.example'],
      ['Приём: пользователь', 'help'],
      ['Отправка (SMTP): сервер', 'smtp.volna.example'],
    ] as const)
      await dialog.getByLabel(label).fill(value)
    const saved = async () => {
      const row = page.getByRole('row').filter({ hasText: 'Почта «Волны»' })
      await row.waitFor()
      const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
      const accounts = await admin.call(contracts.channels.listChannelAccounts)
      return accounts.find(({ name }) => name === 'Почта «Волны»')?.settings.imap
    }
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await saved()).toMatchObject({ since: new Date().toISOString().slice(0, 10) })
    await page
      .getByRole('row')
      .filter({ hasText: 'Почта «Волны»' })
      .getByRole('button', { name: 'Настроить' })
      .click()
    await since.fill('')
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await saved()).not.toHaveProperty('since')
  })

  test('makes a token for another system and reads how it signs in with it', async () => {
    const page = await settingsOf(otklik.logins.admin, 'tokens')
    await page.getByRole('button', { name: 'Новый ключ' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Название').fill('Касса салона')
    await dialog.getByLabel('сообщать о полученных деньгах').check()
    await dialog.getByRole('button', { name: 'Новый ключ' }).click()
    await dialog.getByText('OAuth 2.0, client credentials').waitFor()
    const facts = await dialog.locator('dd').allInnerTexts()
    expect(facts).toEqual([
      `${otklik.url}/oauth/token`,
      expect.stringMatching(/^otk_/),
      'ключ целиком, как показан выше',
      'read payments',
    ])
    const key = await dialog.getByText(/^otk_\w+_/).innerText()
    const granted = await fetch(facts[0] ?? '', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: facts[1] ?? '',
        client_secret: key,
      }),
    })
    expect(granted.status).toBe(200)
    expect(await violationsOf(page)).toEqual([])
  })
})

describe('how long things are kept', () => {
  const daysOf = async (what: string) => {
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    const rules = await admin.call(contracts.privacy.getRetention, {})
    return rules.find((rule) => rule.what === what)?.days
  }

  test('is typed as one types, and nothing is destroyed sooner before that was looked at', async () => {
    const page = await settingsOf(otklik.logins.admin, 'retention')
    const raw = page.getByLabel('Сырые события')
    // A field that was just clicked puts its cursor right a moment later, and would undo a selection by keys.
    await raw.fill('')
    await page.getByText('Число от 1 до 3660').waitFor()
    const save = page.getByRole('button', { name: 'Сохранить' })
    expect(await save.isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.type('21')
    await expect.poll(() => raw.inputValue()).toBe('21 день')
    await expect.poll(() => save.isEnabled()).toBe(true)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Сырые события: было 30\sдней, станет 21\sдень/).waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(await daysOf('raw-events')).toBe(30)
    await dialog.getByRole('button', { name: 'Сократить и уничтожить' }).click()
    await page.getByText('Сохранено').waitFor()
    expect(await daysOf('raw-events')).toBe(21)
    expect(await daysOf('bodies')).toBe(1095)
  })

  test('is saved without undoing what a colleague set meanwhile', async () => {
    const page = await settingsOf(otklik.logins.admin, 'retention')
    const drafts = page.getByLabel('Черновики')
    await drafts.fill('60')
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    await admin.call(contracts.privacy.setRetention, { body: [{ what: 'webhook-log', days: 90 }] })
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Сохранено').waitFor()
    expect(await daysOf('drafts')).toBe(60)
    expect(await daysOf('webhook-log')).toBe(90)
  })

  test('is not saved over another figure that a colleague has just set; it is told, and what was typed stays', async () => {
    const page = await settingsOf(otklik.logins.admin, 'retention')
    const usage = page.getByLabel('Звонки, сообщения и интернет номеров')
    await usage.fill('900')
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    await admin.call(contracts.privacy.setRetention, { body: [{ what: 'usage', days: 700 }] })
    await page.getByRole('button', { name: 'Сохранить' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Сократить и уничтожить' }).click()
    await page
      .getByText(/Коллега только что изменил это: Звонки, сообщения и интернет номеров — теперь 700\sдней/)
      .waitFor()
    expect(await daysOf('usage')).toBe(700)
    await expect.poll(() => usage.inputValue()).toBe('900 дней')
    // Longer than what is in force: nothing is destroyed.
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await expect.poll(() => daysOf('usage')).toBe(900)
  })
})

describe('the staff', () => {
  test('keep their last administrator, and are told why', async () => {
    const page = await settingsOf(otklik.logins.admin, 'staff')
    const me = page.getByRole('row').filter({ hasText: otklik.logins.admin.email })
    await me.getByRole('button', { name: 'Отключить' }).click()
    await page.getByText('Это последний администратор').waitFor()
    await me.getByRole('button', { name: 'Изменить' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: 'Администратор' }).uncheck()
    await dialog.getByRole('checkbox', { name: 'Оператор' }).check()
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await dialog.getByText('Это последний администратор').waitFor()
  })
})

describe('who leads', () => {
  test('sees who is on the line, and is offered nothing that only an admin may do', async () => {
    const page = await settingsOf(otklik.logins.irina, 'staff')
    const anna = page.getByRole('row').filter({ hasText: otklik.logins.anna.email })
    await anna.getByText(/на линии|не в сети/).waitFor()
    expect(await page.getByRole('link', { name: 'Сотрудники' }).count()).toBe(1)
    expect(await page.getByRole('button', { name: /Добавить сотрудника|Изменить|Отключить/ }).count()).toBe(0)
    await page.goto(`${otklik.url}/desk/settings/tokens`)
    await page.getByText('Такой страницы нет').waitFor()
  })
})

describe('somebody new', () => {
  test('is not lost by a slip beside the dialog, and their first password only by its own button', async () => {
    const page = await settingsOf(otklik.logins.admin, 'staff')
    const add = page.getByRole('button', { name: 'Добавить сотрудника' })
    const dialog = page.getByRole('dialog')
    const beside = () => page.mouse.click(5, 5)
    await add.click()
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    await add.click()
    const name = dialog.getByLabel('Имя')
    await name.fill('Вера Новая')
    await page.keyboard.press('Escape')
    await dialog.getByText('Введённое не сохранено.').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => name.evaluate((field) => field.matches(':focus'))).toBe(true)
    await beside()
    await dialog.getByText('Введённое не сохранено.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Закрыть без сохранения' }).click()
    await dialog.waitFor({ state: 'detached' })

    await add.click()
    await name.fill('Вера Новая')
    await dialog.getByLabel('Почта').fill('vera@operator.example')
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    const password = dialog.getByText(/^[a-zA-Z2-9]{16}$/)
    await password.waitFor()
    await page.keyboard.press('Escape')
    await beside()
    expect(await dialog.getByRole('button').allInnerTexts()).toEqual(['Закрыть'])
    expect(await password.isVisible()).toBe(true)
    await dialog.getByRole('button', { name: 'Закрыть' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  test('whose address is taken is told so, and nothing typed is lost', async () => {
    const page = await settingsOf(otklik.logins.admin, 'staff')
    await page.getByRole('button', { name: 'Добавить сотрудника' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Имя').fill('Анна Вторая')
    await dialog.getByLabel('Почта').fill(otklik.logins.anna.email)
    await dialog.getByRole('button', { name: 'Сохранить' }).click()
    await dialog.getByText('Сотрудник с такой почтой уже есть').waitFor()
    expect(await dialog.getByLabel('Имя').inputValue()).toBe('Анна Вторая')
  })
})

describe('the topic tree', () => {
  const treeNow = async () => {
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    return { admin, tree: await admin.call(contracts.topics.getTopicTree, {}) }
  }
  const inForce = async () => (await treeNow()).tree.topics.filter(({ retired }) => !retired)

  test('keeps what is written while one looks elsewhere, and moves it onto a colleague’s newer version', async () => {
    const page = await settingsOf(otklik.logins.admin, 'topics')
    const first = page.getByLabel('По-русски').first()
    await first.fill('Тарифы и планы')
    await page.getByRole('link', { name: 'Каналы' }).click()
    await page.getByRole('heading', { name: 'Каналы' }).waitFor()
    await page.getByRole('link', { name: 'Темы' }).click()
    await first.waitFor()
    expect(await first.inputValue()).toBe('Тарифы и планы')

    const { admin, tree } = await treeNow()
    const theirs = tree.topics
      .filter(({ retired }) => !retired)
      .map(({ id, parentId, key, title }) => ({ id, parentId, key, title }))
    await admin.call(contracts.topics.publishTopicTree, {
      body: {
        basedOn: tree.version,
        topics: [
          ...theirs,
          { id: uuid(), parentId: null, key: 'lost', title: { ru: 'Находки', en: 'Lost' } },
        ],
      },
    })
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByRole('button', { name: 'Перенести мои правки' }).click()
    expect(await first.inputValue()).toBe('Тарифы и планы')
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText(`Опубликована версия ${tree.version + 2}`).waitFor()
    const titles = (await inForce()).map(({ title }) => title.ru)
    expect(titles).toContain('Тарифы и планы')
    expect(titles).toContain('Находки')
  })

  test('says what is wrong with a new topic, and lets a removed one come back, now and later', async () => {
    const page = await settingsOf(otklik.logins.admin, 'topics')
    const before = (await inForce()).length
    await page.getByRole('button', { name: 'Убрать' }).first().click()
    await page.getByRole('button', { name: 'Вернуть убранное' }).click()
    await expect.poll(() => page.locator('[data-topic]').count()).toBe(before)
    await page.getByRole('button', { name: 'Новая тема' }).click()
    await page.keyboard.type('Роуминг у соседей')
    await page.getByText('1 тему нужно исправить').waitFor()
    await page.getByLabel('По-английски').last().fill('Roaming next door')
    await page.getByLabel('Ключ').fill('Сосед')
    await page.getByText('Строчные латинские буквы, цифры и дефисы').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Ключ').fill('next-door')
    const publish = page.getByRole('button', { name: 'Опубликовать' })
    await publish.click()
    await expect.poll(async () => (await inForce()).some(({ key }) => key === 'next-door')).toBe(true)
    await page.getByRole('button', { name: 'Убрать' }).last().click()
    await publish.click()
    await page.getByText('Убраны раньше: 1').click()
    await page.getByRole('button', { name: 'Вернуть', exact: true }).click()
    await publish.click()
    await expect.poll(async () => (await inForce()).length).toBe(before + 1)
  })
})

describe('what cannot be brought back', () => {
  test('is asked about before it goes: a key of another system, a listener', async () => {
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    const { integrations } = contracts
    const { info } = await admin.call(integrations.createServiceToken, {
      body: { name: 'Отчёты', scopes: ['read'], days: 90 },
    })
    const stands = async () =>
      (await admin.call(integrations.listServiceTokens, {})).find(({ id }) => id === info.id)
    const page = await settingsOf(otklik.logins.admin, 'tokens')
    const row = page.getByRole('row').filter({ hasText: 'Отчёты' })
    await row.getByRole('button', { name: 'Отозвать' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Отозвать ключ «Отчёты»?').waitFor()
    await dialog.getByRole('button', { name: 'Отмена' }).click()
    expect((await stands())?.revokedAt).toBeNull()
    await row.getByRole('button', { name: 'Отозвать' }).click()
    await dialog.getByRole('button', { name: 'Отозвать' }).click()
    await row.getByText('отозван').waitFor()

    await admin.call(integrations.createWebhook, {
      body: { url: 'https://crm.example/hook', events: ['message.received'], withBodies: false },
    })
    await page.getByRole('link', { name: 'Вебхуки' }).click()
    await page.getByRole('button', { name: 'Удалить' }).click()
    await dialog.getByText('https://crm.example/hook').waitFor()
    await dialog.getByRole('button', { name: 'Удалить' }).click()
    await page.getByText('Вебхуков нет').waitFor()
  })

  test('is little: a prepared answer comes back', async () => {
    const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
    const body = { title: 'Спасибо', text: 'Спасибо, что написали!', shared: true }
    await pavel.call(contracts.macros.createMacro, { body })
    const page = await settingsOf(otklik.logins.pavel, 'macros')
    const row = page.getByRole('row').filter({ hasText: body.text })
    await row.getByRole('button', { name: 'Удалить' }).click()
    await page.getByText('Удалена заготовка «Спасибо».').waitFor()
    await page.getByRole('button', { name: 'Вернуть' }).click()
    await row.waitFor()
  })
})

test('a listener is told of other things from now on, by the secret that it has', async () => {
  const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  const { integrations } = contracts
  const made = await admin.call(integrations.createWebhook, {
    body: { url: 'https://crm.example/old', events: ['message.received'], withBodies: true },
  })
  const page = await settingsOf(otklik.logins.admin, 'webhooks')
  const row = page.getByRole('row').filter({ hasText: 'https://crm.example/' })
  await row.getByRole('button', { name: 'Изменить' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Адрес').fill('https://crm.example/new')
  await dialog.getByRole('checkbox', { name: 'conversation.opened' }).check()
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('https://crm.example/new').waitFor()
  const all = await admin.call(integrations.listWebhooks, {})
  expect(all.find(({ url }) => url === 'https://crm.example/new')).toMatchObject({
    events: expect.arrayContaining(['message.received', 'conversation.opened']),
    withBodies: true,
  })
  expect(all).toHaveLength(1)
  expect(made.secret).not.toBe('')
})

test('a new password that was not taken stays to be sent again', async () => {
  const page = await settingsOf(otklik.logins.timur, 'profile')
  await page.getByLabel('Нынешний пароль').fill('не тот пароль')
  await page.getByLabel('Новый пароль').fill('совсем новый пароль')
  await page.getByRole('button', { name: 'Сменить пароль' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Новый пароль').inputValue()).toBe('совсем новый пароль')
})

describe('a colleague who lost the password', () => {
  test('gets a new one from an admin, and chooses their own at the door', async () => {
    const page = await settingsOf(otklik.logins.admin, 'staff')
    const row = page.getByRole('row').filter({ hasText: otklik.logins.pavel.email })
    await row.waitFor()
    const me = page.getByRole('row').filter({ hasText: otklik.logins.admin.email })
    expect(await me.getByRole('button', { name: 'Новый пароль…' }).count()).toBe(0)
    await row.getByRole('button', { name: 'Новый пароль…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Выдать пароль' }).click()
    const shown = dialog.getByText(/^[a-zA-Z2-9]{16}$/)
    const password = await shown.innerText()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await shown.isVisible()).toBe(true)

    const theirs = await settingsOf({ email: otklik.logins.pavel.email, password }, 'profile')
    await theirs.getByRole('heading', { name: 'Задайте свой пароль' }).waitFor()
    const next = theirs.getByLabel('Новый пароль')
    const enter = theirs.getByRole('button', { name: 'Задать и войти' })
    await theirs.getByLabel('Выданный пароль').fill(password)
    await next.fill(password)
    await theirs.getByText('Это тот же пароль').waitFor()
    expect(await enter.isDisabled()).toBe(true)
    expect(await violationsOf(theirs)).toEqual([])
    await next.fill('свой длинный пароль')
    await enter.click()
    await theirs.getByRole('heading', { name: 'Профиль' }).waitFor()
  })
})
