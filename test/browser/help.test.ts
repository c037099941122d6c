import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ArticleText } from '../../contracts/articles.ts'
import { contracts } from '../../contracts/index.ts'
import { one, sql } from '../../server/platform/database/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser, PATIENCE_MS, PHONE } from './launch.ts'
import { violationsOf } from './violations.ts'
import { aVisitor } from './visitor.ts'

const { articles } = contracts
let otklik: TestOtklik
let browser: Browser
let designer: Caller
const contexts: BrowserContext[] = []
const SOON = { timeout: 20_000, interval: 100 }

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  designer = await aStaffCaller(otklik.url, otklik.logins.pavel)
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

async function visitor(options?: BrowserContextOptions) {
  const someone = await aVisitor(browser, otklik.url, options)
  contexts.push(someone.context)
  return someone
}

/** A designer at the desk; they have no inbox. */
async function designersPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ru-RU',
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  contexts.push(context)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${otklik.url}/desk/knowledge`)
  await page.getByLabel('Почта').fill(otklik.logins.pavel.email)
  await page.locator('input[type=password]').fill(otklik.logins.pavel.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Найти статью' }).waitFor()
  return page
}

async function publish(key: string, text: Partial<ArticleText>): Promise<void> {
  const whole = { topicId: null, audience: 'public', ru: null, en: null, ...text }
  const { id, version } = await designer.call(articles.createArticle, {
    body: { key, text: whole },
    key: uuid(),
  })
  await designer.call(articles.publishArticle, { params: { id }, body: { basedOn: version }, key: uuid() })
}

describe('somebody on a site who looks for help', () => {
  test('finds an article by a misspelt question, says that it did not help, and asks a person', async () => {
    const { page, chat } = await visitor(PHONE)
    const scripts: string[] = []
    page.on('request', (request) => scripts.push(new URL(request.url()).pathname))
    const helpLoaded = () => scripts.some((path) => /\/widget\/help-/.test(path))
    expect(helpLoaded()).toBe(false)
    await chat.getByRole('button', { name: 'Помощь' }).click()
    await chat.getByRole('searchbox', { name: 'Что случилось?' }).fill('как отключить падписку')
    expect(helpLoaded()).toBe(true)
    await chat.getByText('Показали ответы на «как отключить подписку».').waitFor()
    await chat.getByRole('list', { name: 'Найденные статьи' }).getByRole('button').first().click()
    await chat.getByRole('heading', { name: 'Платные подписки' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await chat.getByRole('button', { name: 'Нет', exact: true }).click()
    const counted = () =>
      one(
        otklik.db,
        sql<{ no: number }>`select coalesce(sum(h.no), 0)::int as no from knowledge.helpfulness h
          join knowledge.article a on a.id = h.article_id where a.key = 'paid-subscriptions'`,
      )
    await vi.waitFor(async () => expect(await counted()).toEqual({ no: 1 }), SOON)
    await chat.getByRole('button', { name: 'Спросить в чате' }).click()
    await chat.getByRole('textbox', { name: 'Сообщение' }).fill('Не нашла, где отключить')
    await chat.getByRole('button', { name: 'Отправить' }).click()
    await chat.getByText(/Отправлено|Прочитано/).waitFor()
  })

  test('is told that there is no connection, and has what was asked for once it is back', async () => {
    const { chat, context } = await visitor(PHONE)
    await context.setOffline(true)
    await chat.getByRole('button', { name: 'Помощь' }).click()
    await chat.getByText('Нет связи. Откроем помощь, как только она появится.').waitFor()
    await context.setOffline(false)
    const field = chat.getByRole('searchbox', { name: 'Что случилось?' })
    await field.waitFor()
    await context.setOffline(true)
    await field.fill('пропал телефон')
    await chat.getByText('Нет связи. Покажем, как только она появится.').waitFor()
    await context.setOffline(false)
    await chat.getByRole('list', { name: 'Найденные статьи' }).waitFor()
  })

  test('goes from article to article and back to the search, and sees no staff’s article', async () => {
    const { chat } = await visitor({ colorScheme: 'dark' })
    await chat.getByRole('button', { name: 'Помощь' }).click()
    const field = chat.getByRole('searchbox', { name: 'Что случилось?' })
    await field.fill('абонент кричит и злится')
    await chat
      .getByText('Такого ответа пока нет')
      .or(chat.getByRole('list', { name: 'Найденные статьи' }))
      .waitFor()
    expect(await chat.getByText('Человек расстроен').count()).toBe(0)
    await field.fill('пропал телефон')
    await chat
      .getByRole('list', { name: 'Найденные статьи' })
      .getByRole('button', { name: /^Пропал телефон/ })
      .click()
    await chat.getByRole('link', { name: 'как перейти на eSIM' }).click()
    await chat.getByRole('heading', { name: 'eSIM: SIM-карта без пластика' }).waitFor()
    await chat.getByRole('button', { name: 'Ко всем статьям' }).click()
    await vi.waitFor(async () => expect(await field.inputValue()).toBe('пропал телефон'), SOON)
    await chat.getByRole('button', { name: 'Вернуться в чат' }).click()
    await chat.getByRole('textbox', { name: 'Сообщение' }).fill('Я снова здесь')
  })

  test('is told where an article is in the other language only', async () => {
    await publish('only-russian', { ru: { title: 'Щупальцеходность', keywords: [], body: 'Только так.' } })
    const { page, chat } = await visitor()
    await page.goto(`${otklik.url}/demo/en/`)
    await page.getByRole('button', { name: /^Open chat/ }).click()
    await chat.getByRole('button', { name: 'Help', exact: true }).click()
    await chat.getByRole('searchbox').fill('щупальцеходность')
    await chat.getByRole('button', { name: /^Щупальцеходность/ }).click()
    await chat.getByText('This article is in Russian only so far.').waitFor()
  })
})

describe('an agent', () => {
  test('finds an article beside the conversation and sends its link, which opens in the subscriber’s chat', async () => {
    const subscriber = await visitor()
    await subscriber.say('Телефон украли, что делать?')
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    contexts.push(anna.context)
    await anna.open('Телефон украли, что делать?')
    await anna.claim()
    await anna.page.keyboard.press('h')
    const panel = anna.page.getByRole('complementary', { name: 'База знаний' })
    await panel.getByRole('searchbox').fill('ghjgfk ntktajy')
    await panel.getByText('Показали ответы на «пропал телефон».').waitFor()
    await panel.getByRole('button', { name: /^Пропал телефон/ }).click()
    await panel.getByRole('button', { name: 'Вставить ссылку' }).click()
    expect(await anna.field.inputValue()).toBe(`Пропал телефон или SIM-карта: ${otklik.url}/my/help/lost-sim`)
    expect(await violationsOf(anna.page)).toEqual([])
    await anna.page.getByRole('button', { name: 'Отправить', exact: true }).click()
    await anna.page.getByRole('button', { name: 'Отправить сейчас' }).click()
    await subscriber.chat.getByRole('link', { name: /my\/help\/lost-sim/ }).click()
    await subscriber.chat.getByRole('heading', { name: 'Пропал телефон' }).waitFor()
    await subscriber.chat.getByRole('button', { name: 'Вернуться в чат' }).click()
    await subscriber.chat.getByText('Телефон украли, что делать?').waitFor()
  })

  test('puts what is meant for staff into a note alone', async () => {
    const subscriber = await visitor()
    await subscriber.say('Мне очень плохо')
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    contexts.push(anna.context)
    await anna.open('Мне очень плохо')
    await anna.page.getByRole('button', { name: 'База знаний' }).click()
    const panel = anna.page.getByRole('complementary', { name: 'База знаний' })
    await panel.getByRole('searchbox').fill('112')
    await panel
      .getByRole('list', { name: 'Найденные статьи' })
      .getByRole('button', { name: /^Угроза жизни/ })
      .click()
    await panel.getByRole('heading', { name: 'Угроза жизни' }).waitFor()
    expect(await panel.getByRole('button', { name: 'Вставить ссылку' }).count()).toBe(0)
    await panel.getByRole('button', { name: 'Вставить в заметку' }).click()
    const note = anna.page.getByRole('textbox', { name: 'Текст заметки' })
    await vi.waitFor(async () => expect(await note.inputValue()).toContain('Первые слова'), SOON)
  })
})

describe('a designer', () => {
  test('writes, publishes, edits and puts back an article, and hostile words stay words', async () => {
    const page = await designersPage()
    await page.getByText('Править', { exact: true }).click()
    await page.getByRole('link', { name: 'Новая статья' }).click()
    await page.getByLabel('Ключ').fill('hostile')
    const russian = page.getByRole('region', { name: 'Русский' })
    await russian.getByLabel('Заголовок').fill('<img src=x onerror=alert(1)> Квазиинтернет')
    await russian
      .getByLabel('Текст')
      .fill('<script>alert(1)</script>\n\n**Жирно** и [сюда](javascript:alert(1))')
    await russian.getByText('Ссылка не сработает: javascript:alert(1').waitFor()
    await page.getByRole('button', { name: 'Сохранить черновик' }).click()
    await page.getByText('hostile · черновик').waitFor()
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByRole('alert').filter({ hasNotText: 'Ссылка' }).first().waitFor()

    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs++
      void dialog.dismiss()
    })
    await russian.getByLabel('Текст').fill('<script>alert(1)</script>\n\n**Жирно** и [сюда](tel:112)')
    await page.getByText('Как увидят', { exact: true }).click()
    await page.getByText('<script>alert(1)</script>', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('hostile · опубликована', { exact: true }).waitFor()
    await page.getByText('Текст', { exact: true }).first().click()
    await russian.getByLabel('Заголовок').fill('Другой заголовок')
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page
      .getByRole('region', { name: 'История' })
      .getByRole('button', { name: 'Вернуть этот текст' })
      .click()
    await page.getByText(/Возвращён текст/).waitFor()
    expect(await violationsOf(page)).toEqual([])

    const { page: site, chat } = await visitor()
    site.on('dialog', (dialog) => {
      dialogs++
      void dialog.dismiss()
    })
    await chat.getByRole('button', { name: 'Помощь' }).click()
    await chat.getByRole('searchbox').fill('квазиинтернет')
    await chat.getByRole('button', { name: /Квазиинтернет/ }).click()
    await chat.getByText('<script>alert(1)</script>', { exact: true }).waitFor()
    expect(await chat.locator('script, img').count()).toBe(0)
    expect(dialogs).toBe(0)
  })

  test('loses nothing that was typed when leaving, and is told when somebody else was faster', async () => {
    await publish('shared', { ru: { title: 'Общая статья', keywords: [], body: 'Начало.' } })
    const page = await designersPage()
    const openIt = async () => {
      await page.getByText('Править', { exact: true }).first().click()
      await page.getByRole('link', { name: /^Общая статья/ }).click()
    }
    await openIt()
    const body = page.getByRole('region', { name: 'Русский' }).getByLabel('Текст')
    await body.fill('Начало и середина.')
    await page.getByText('Читать', { exact: true }).click()
    await page.getByRole('searchbox', { name: 'Найти статью' }).waitFor()
    await openIt()
    await vi.waitFor(async () => expect(await body.inputValue()).toBe('Начало и середина.'), SOON)

    const { items } = await designer.call(articles.listEditedArticles, { query: { limit: 100 } })
    const { id } = items.find(({ key }) => key === 'shared')!
    const { version, text } = await designer.call(articles.getEditedArticle, { params: { id } })
    const theirs = { ...text, ru: { title: 'Общая статья', keywords: [], body: 'Чужое.' } }
    await designer.call(articles.saveArticleDraft, {
      params: { id },
      body: { basedOn: version, text: theirs },
      key: uuid(),
    })
    await body.fill('Моё.')
    await page.getByRole('button', { name: 'Сохранить черновик' }).click()
    await page.getByText('Ваш текст остался в полях').waitFor()
    expect(await body.inputValue()).toBe('Моё.')
    await page.getByRole('button', { name: 'Взять новую версию вместо моей' }).click()
    await vi.waitFor(async () => expect(await body.inputValue()).toBe('Чужое.'), SOON)
  })

  test('reads on a phone, where the list and the article cover one another', async () => {
    const page = await designersPage({ ...PHONE, colorScheme: 'dark' })
    await page.getByRole('button', { name: 'Сменить тариф' }).click()
    await page.getByRole('heading', { name: 'Сменить тариф', level: 1 }).waitFor()
    expect(await page.getByRole('searchbox', { name: 'Найти статью' }).isVisible()).toBe(false)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow).toBeLessThanOrEqual(0)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'К списку статей' }).click()
    await page.getByRole('searchbox', { name: 'Найти статью' }).waitFor()
  })
})
