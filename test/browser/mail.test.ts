import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
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

const { conversations } = contracts
const ADDRESS = 'support@volna.example'
let dovecot: Dovecot
let sink: SmtpSink
let otklik: TestOtklik
let browser: Browser
let images: Server
const asked: IncomingMessage[] = []
/** One transparent point, PNG. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

beforeAll(async () => {
  browser = await launchBrowser()
  images = createServer((request, response) => {
    asked.push(request)
    response.setHeader('content-type', 'text/html').end(PIXEL)
  }).listen(0, '127.0.0.1')
  await once(images, 'listening')
  ;[dovecot, sink, otklik] = await Promise.all([
    startDovecot(),
    startSmtpSink(),
    anOtklik({ trustedOrigins: [new URL(imageUrl()).origin] }),
  ])
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
  test('runs nothing, and asks for the image, by our server, only when the agent says so', async () => {
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
    expect(asked).toHaveLength(0)

    await anna.timeline.getByRole('button', { name: /^Показать .*внешн/ }).click()
    const picture = frame.getByRole('img', { name: 'logo' })
    const width = () => picture.evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : 0))
    await vi.waitFor(async () => expect(await width()).toBe(1), { timeout: 20_000 })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers['user-agent'] ?? '').not.toContain('Chrom')
    expect(asked[0]?.headers.cookie).toBeUndefined()
    expect(await anna.page.title()).not.toBe('taken')
    await anna.context.close()
  }, 120_000)
})

describe('a mail as it was laid out', () => {
  test('stands with its own images, for those alone who may read the conversation', async () => {
    const mail = [
      'From: pyotr@mail.example',
      `To: ${ADDRESS}`,
      'Subject: With a logo',
      'Date: Tue, 24 Nov 2026 11:00:00 +0300',
      'Message-ID: <logo-1@mail.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Our logo: <img alt="logo" src="cid:logo@mail.example"></p>',
      '--b',
      'Content-Type: image/png; name=logo.png',
      'Content-ID: <logo@mail.example>',
      'Content-Transfer-Encoding: base64',
      '',
      PIXEL.toString('base64'),
      '--b--',
    ]
    await dovecot.deliver(ADDRESS, Buffer.from(mail.join('\r\n')))
    const [anna, timur] = await Promise.all(
      [otklik.logins.anna, otklik.logins.timur].map((login) => aStaffCaller(otklik.url, login)),
    )
    const { id } = await eventually(async () => {
      const { items } = await anna!.call(conversations.listConversations, { query: { view: 'unassigned' } })
      return items.find((one) => one.preview.includes('logo'))
    }, 30_000)
    await anna!.call(conversations.claimConversation, { params: { id } })
    const { entries } = await anna!.call(conversations.readTimeline, { params: { id } })
    const letter = entries.find((one) => one.kind === 'message')!
    const params = { id, laneId: letter.laneId, seq: String(letter.seq) }
    const page = String(await anna!.call(conversations.readLetter, { params }))
    const address = /<img alt="logo" src="([^"]+)"/.exec(page)?.[1]
    const picture = await fetch(otklik.url + address, { headers: anna!.headers })
    expect(picture.headers.get('content-type')).toBe('image/png')
    await expect(timur!.call(conversations.readLetter, { params })).rejects.toThrow('need_to_know')
    const elsewhere = { ...params, laneId: id }
    await expect(anna!.call(conversations.readLetter, { params: elsewhere })).rejects.toThrow('not_found')
  })
})

describe('a mail that is too big to stand on the timeline whole', () => {
  test('says what of it is missing', async () => {
    const many = Array.from({ length: 40 }, (_, n) => `a${n}@mail.example`).join(', ')
    const mail = [
      'From: zina@mail.example',
      `To: ${ADDRESS}, ${many}`,
      'Subject: To everybody',
      'Date: Tue, 24 Nov 2026 12:00:00 +0300',
      'Message-ID: <many-1@mail.example>',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Read this, all of you',
    ]
    await dovecot.deliver(ADDRESS, Buffer.from(mail.join('\r\n')))
    const anna = await aDeskOf(browser, otklik.url, otklik.logins.anna)
    await anna.page.getByRole('link', { name: /^Ничьи/ }).click()
    await anna.page.getByRole('list', { name: 'Список диалогов' }).getByText('Read this').click()
    await anna.timeline.getByText('Нет здесь: часть получателей.').waitFor()
    await anna.context.close()
  }, 120_000)
})
