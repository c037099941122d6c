import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aMailbox,
  type Dovecot,
  MAILBOX_SECRETS,
  type SmtpSink,
  startDovecot,
  startSmtpSink,
} from '../mail/index.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser } from './launch.ts'

const ADDRESS = 'support@volna.example'
let dovecot: Dovecot
let sink: SmtpSink
let otklik: TestOtklik
let browser: Browser
let images: Server
let asked = 0

beforeAll(async () => {
  browser = await launchBrowser()
  ;[dovecot, sink, otklik] = await Promise.all([startDovecot(), startSmtpSink(), anOtklik()])
  images = createServer((_request, response) => {
    asked++
    response.end()
  }).listen(0, '127.0.0.1')
  await once(images, 'listening')
  await otklik.openDoor({
    kind: 'email',
    name: 'Почта',
    policy: 'full',
    settings: aMailbox(dovecot, sink, { user: ADDRESS }),
    secrets: MAILBOX_SECRETS,
  })
  await otklik.timeline.reconcileDoors()
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await Promise.all([dovecot?.end(), sink?.close()])
  images?.close()
})

function imageUrl(): string {
  const address = images.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}/pixel.png`
}

const letter = (subject: string, html: string) =>
  Buffer.from(
    [
      'From: anna@mail.example',
      `To: ${ADDRESS}`,
      `Subject: ${subject}`,
      'Date: Tue, 24 Nov 2026 10:00:00 +0300',
      'Message-ID: <script-1@mail.example>',
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      html,
    ].join('\r\n'),
  )

describe('a mail with a script and a remote image', () => {
  test('runs nothing, asks nobody, and says that it has an image elsewhere', async () => {
    const html = `<p>Visible words</p><script>document.title = 'taken'</script>
      <p onmouseover="document.title = 'taken'">hover</p><img src="x" onerror="parent.document.title = 'taken'">
      <a href="javascript:document.title='taken'">link</a><img alt="logo" src="${imageUrl()}">`
    await dovecot.deliver(ADDRESS, letter('A letter', html))
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    await anna.page.getByRole('link', { name: /^Ничьи/ }).click()
    await anna.page.getByRole('list', { name: 'Список диалогов' }).getByText('A letter').click()
    await anna.timeline.getByText('Visible words').first().waitFor()
    await anna.timeline.getByRole('button', { name: 'Показать как в письме' }).click()
    const frame = anna.page.frameLocator('iframe[title="Письмо: A letter"]')
    await frame.getByText('Visible words').waitFor()
    await frame.getByText('hover').hover()
    expect(await frame.locator('script').count()).toBe(0)
    expect(await frame.locator('body').innerHTML()).not.toMatch(/javascript:|onerror|onmouseover/)
    expect(await anna.page.title()).not.toBe('taken')
    expect(asked).toBe(0)
    expect(await anna.timeline.getByRole('button', { name: /^Показать .*внешн/ }).isVisible()).toBe(true)
    await anna.context.close()
  }, 120_000)
})
