import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { PATIENCE_MS } from './launch.ts'

/** A subscriber on the demo site with the chat open. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** The chat's window. */
  readonly chat: Locator
  /** Opens the chat if it is closed, as after a reload. */
  openChat(): Promise<void>
  /** Writes and presses Enter. */
  say(text: string): Promise<void>
  attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>
  /** What the chat shows, top to bottom, without the greeting: `visitor: …` and `agent: …`. */
  shown(): Promise<string[]>
}

export async function aVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'ru-RU', ...options })
  // The widget hides in a closed shadow root; a test looks inside.
  await context.addInitScript(`
    const attach = Element.prototype.attachShadow
    Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }) }`)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${url}/demo/`)
  const chat = page.getByRole('dialog')
  const field = chat.getByRole('textbox', { name: 'Сообщение' })
  const openChat = async () => {
    await page.getByRole('button', { name: /^Открыть чат/ }).click()
    await field.waitFor()
  }
  await openChat()
  return {
    context,
    page,
    chat,
    openChat,
    say: async (text) => {
      await field.fill(text)
      await chat.getByRole('button', { name: 'Отправить' }).click()
    },
    attach: (file) => chat.locator('input[type=file]').setInputFiles(file),
    shown: () =>
      chat
        .locator('article.own, article.their[data-seq]')
        .evaluateAll((messages) =>
          messages.map(
            (one) =>
              `${one.classList.contains('own') ? 'visitor' : 'agent'}: ${one.querySelector('.bubble p')?.textContent ?? ''}`,
          ),
        ),
  }
}
