import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { PATIENCE_MS } from './launch.ts'

/** An agent at the desk. */
export interface Desk {
  readonly context: BrowserContext
  readonly page: Page
  readonly timeline: Locator
  readonly field: Locator
  /** Opens the conversation whose row in the inbox shows these words. */
  open(preview: string): Promise<void>
  claim(): Promise<void>
  write(text: string): Promise<void>
  /** Writes and does not wait for the time of undoing. */
  answer(text: string): Promise<void>
  /** Messages on the timeline, top to bottom: `visitor: …` and `agent: …`. */
  shown(): Promise<string[]>
}

export async function aDeskOf(
  browser: Browser,
  url: string,
  login: { email: string; password: string },
  options: BrowserContextOptions = {},
): Promise<Desk> {
  const context = await browser.newContext({
    locale: 'ru-RU',
    viewport: { width: 1360, height: 860 },
    ...options,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(`${url}/desk/`)
  await page.getByLabel('Почта').fill(login.email)
  await page.locator('input[type=password]').fill(login.password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('navigation', { name: 'Чьи диалоги' }).waitFor()

  const timeline = page.getByRole('region', { name: 'Лента' })
  const field = page.getByRole('textbox', { name: 'Текст ответа' })
  const send = page.getByRole('button', { name: 'Отправить', exact: true })
  const write = async (text: string) => {
    await field.fill(text)
    await send.click()
  }
  return {
    context,
    page,
    timeline,
    field,
    open: async (preview) => {
      await page.getByRole('link', { name: /^Ничьи/ }).click()
      await page
        .getByRole('list', { name: 'Список диалогов' })
        .getByRole('link')
        .filter({ hasText: preview })
        .click()
      await timeline.getByText(preview, { exact: true }).waitFor()
    },
    claim: async () => {
      await page.getByRole('button', { name: 'Взять', exact: true }).click()
      await page.getByText('веду я').waitFor()
    },
    write,
    answer: async (text) => {
      await write(text)
      await page.getByRole('button', { name: 'Отправить сейчас' }).click()
      await timeline.locator('[data-seq]').getByText(text, { exact: true }).waitFor()
    },
    shown: () =>
      timeline
        .locator('[data-side=in], [data-side=out]')
        .evaluateAll((messages) =>
          messages.map(
            (one) =>
              `${one.getAttribute('data-side') === 'in' ? 'visitor' : 'agent'}: ${one.querySelector('p')?.textContent ?? ''}`,
          ),
        ),
  }
}
