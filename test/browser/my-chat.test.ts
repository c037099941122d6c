import { Buffer } from 'node:buffer'
import { crc32, deflateSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { launchBrowser, PHONE } from './launch.ts'
import { signInToMy } from './sign-in-to-my.ts'
import { violationsOf } from './violations.ts'

const { conversations, my } = contracts
const SMS = { token: 'sms-token', webhookSecret: 'a-webhook-secret-of-the-test' }
const MSISDN = '79000000107'
let world: World
let otklik: TestOtklik
let browser: Browser
let context: BrowserContext
let page: Page
let anna: Caller

beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld({ timeScale: 0.001, sms: { token: SMS.token } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await otklik.openDoor({
    kind: 'sms',
    name: 'SMS',
    policy: 'full',
    settings: { apiBase: `${world.url}/sms`, sender: '0611' },
    secrets: SMS,
  })
  await seedOfferings(otklik)
  await anOperatorLine(otklik, { msisdn: MSISDN })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  context = await browser.newContext({ ...PHONE, locale: 'ru-RU' })
  page = await context.newPage()
  await signInToMy(page, otklik.url, world, MSISDN)
  await page.goto(`${otklik.url}/my/help/chat`)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

/** A picture of one colour, whole: what the server judges by its bytes. */
function aPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, 0x77)])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
const aFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
const aPicture = (name: string) => ({ name, mimeType: 'image/png', buffer: aPng(48) })

const files = () => page.locator('input[type=file]:not([capture])')
const tray = () => page.getByRole('list', { name: 'Файлы к сообщению' })
const send = () => page.getByRole('button', { name: 'Отправить' })
const log = () => page.getByRole('log')
const ready = (name: string) => tray().getByRole('listitem').filter({ hasText: name }).getByText('Готов')

/** Of a picture: how large it is drawn, and whether its upper and lower halves are dark. */
const SEEN = `async (base64) => {
  const blob = new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))])
  const bitmap = await createImageBitmap(blob)
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context.drawImage(bitmap, 0, 0)
  const at = (y) => (context.getImageData(width / 2, y, 1, 1).data[0] < 128 ? 'dark' : 'light')
  return { width, height, top: at(height / 4), bottom: at((3 * height) / 4) }
}`

/** A photo as a phone held upright takes it: on its side, with a note that it is to be turned and where it was taken. */
async function aPhoto(width: number, height: number): Promise<Buffer> {
  const drawn: string = await page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(${width}, ${height})
    const context = canvas.getContext('2d')
    context.fillStyle = '#fff'
    context.fillRect(0, 0, ${width}, ${height})
    context.fillStyle = '#000'
    context.fillRect(0, 0, ${width / 2}, ${height})
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  })()`)
  const jpeg = Buffer.from(drawn, 'base64')
  // Exif with one tag: orientation 6, a quarter to the right. What follows stands for the place.
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex')
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS here', 'latin1')])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

/** Puts a file where a paste or a drop would bring it. */
const bring = (event: 'paste' | 'drop', name: string) =>
  page.evaluate(`{
    const data = new DataTransfer()
    data.items.add(new File(['что-то'], ${JSON.stringify(name)}, { type: 'text/plain' }))
    const init = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data }
    const event = ${event === 'paste' ? "new ClipboardEvent('paste', init)" : "new DragEvent('drop', init)"}
    document.querySelector('textarea').dispatchEvent(event)
  }`)

describe('what is written in the chat of My', () => {
  test('does not push the button off the screen, however long a word is', async () => {
    await page.getByLabel('Сообщение', { exact: true }).fill(`https://volna.example/${'a'.repeat(120)}`)
    const { x, width } = (await send().boundingBox())!
    expect(x + width).toBeLessThanOrEqual(PHONE.viewport.width)
    await page.getByLabel('Сообщение', { exact: true }).fill('')
  })

  test('has addresses that open: ours in the app, others in a window of their own', async () => {
    const ours = `${otklik.url}/my/finance/top-up`
    await page.getByLabel('Сообщение', { exact: true }).fill(`Вот: https://volna.example/a. И ${ours}`)
    await send().click()
    const other = log().getByRole('link', { name: 'https://volna.example/a' })
    await other.waitFor()
    expect(await other.getAttribute('target')).toBe('_blank')
    expect(await other.getAttribute('rel')).toContain('noopener')
    expect(await violationsOf(page)).toEqual([])
    await log().getByRole('link', { name: ours }).click()
    await page.getByRole('heading', { name: 'Пополнить счёт' }).waitFor()
    await page.goBack()
    await other.waitFor()
  })
})

/** Lets a request go out and keeps its answer until it is let in. */
async function heldAnswer(path: string): Promise<{ readonly stored: Promise<void>; letIn(): void }> {
  let letIn = () => {}
  const held = new Promise<void>((resolve) => (letIn = resolve))
  const stored = new Promise<void>((resolve) => {
    void page.route(
      `**${path}`,
      async (route) => {
        const answer = await route.fetch()
        resolve()
        await held
        await route.fulfill({ response: answer })
      },
      { times: 1 },
    )
  })
  return { stored, letIn }
}

describe('a message of My that is told live before its answer comes', () => {
  test('is there once all the while', async () => {
    const text = 'Один раз, пожалуйста'
    const answer = await heldAnswer('/api/v1/my/messages')
    const socket = page.waitForEvent('websocket')
    await page.reload()
    const told = (await socket).waitForEvent('framereceived', {
      predicate: ({ payload }) => String(payload).includes(text),
    })
    await page.getByLabel('Сообщение', { exact: true }).fill(text)
    await send().click()
    await Promise.all([answer.stored, told])
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    )
    expect(await log().getByText(text, { exact: true }).count()).toBe(1)
    answer.letIn()
    await log().locator('[data-unsent]').waitFor({ state: 'detached' })
    expect(await log().getByText(text, { exact: true }).count()).toBe(1)
  })
})

describe('files in the chat of My', () => {
  test('are chosen, looked at, taken out before sending, and reach the agent; a photo opens in My', async () => {
    await files().setInputFiles([
      aPicture('экран.png'),
      aFile('договор.txt', 'текст'),
      aFile('лишний.txt', 'нет'),
    ])
    await ready('экран.png').waitFor()
    await tray().getByRole('button', { name: 'Убрать лишний.txt' }).click()
    await ready('договор.txt').waitFor()
    await page.getByText('До 10 файлов, каждый до 20').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Сообщение', { exact: true }).fill('Вот экран и договор')
    await send().click()
    await tray().waitFor({ state: 'detached' })
    await log().getByText('Вот экран и договор').waitFor()
    const { id } = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find((one) => one.preview.includes('Вот экран и договор'))
    })
    await anna.call(conversations.claimConversation, { params: { id } })
    const { entries } = await anna.call(conversations.readTimeline, { params: { id } })
    const names = entries.flatMap(({ attachments }) => attachments.map((file) => `${file.name} ${file.kind}`))
    expect(names).toEqual(['экран.png image', 'договор.txt file'])

    await page.reload()
    await log().getByRole('button', { name: 'Открыть фото экран.png' }).click()
    const photo = page.getByRole('dialog').getByRole('img')
    await eventually(
      async () => (await photo.evaluate('document.querySelector("dialog img").naturalWidth')) === 48,
    )
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const download = page.waitForEvent('download')
    await log()
      .getByRole('link', { name: /договор\.txt/ })
      .click()
    expect((await download).suggestedFilename()).toBe('договор.txt')
  })

  test('an agent’s file opens in My as well', async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
    const id = items[0]!.id
    const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
    const form = new FormData()
    form.append('file', new Blob([Uint8Array.from(aPng(32))]), 'схема.png')
    const uploaded = await fetch(`${otklik.url}/api/v1/attachments`, {
      method: 'POST',
      headers: anna.headers,
      body: form,
    })
    const { id: attachmentId } = (await uploaded.json()) as { id: string }
    await anna.call(conversations.sendMessage, {
      params: { id },
      body: { id: uuid(), laneId: replyLaneId, text: '', attachmentIds: [attachmentId], undoMs: 0 },
    })
    await log().getByRole('button', { name: 'Открыть фото схема.png' }).click()
    await eventually(
      async () => (await page.evaluate('document.querySelector("dialog img").naturalWidth')) === 32,
    )
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('that are photos of a camera go upright, no larger than is looked at, and without the place', async () => {
    await files().setInputFiles({
      name: 'IMG_0001.JPG',
      mimeType: 'image/jpeg',
      buffer: await aPhoto(3_200, 1_600),
    })
    await ready('IMG_0001.JPG').waitFor()
    await send().click()
    const sent = await eventually(async () => {
      const { entries } = my.readMyTimeline.response.parse(
        await page.evaluate('fetch("/api/v1/my/timeline").then((answer) => answer.json())'),
      )
      return entries.flatMap(({ attachments }) => attachments).find(({ name }) => name === 'IMG_0001.JPG')
    })
    const bytes = await (await context.request.get(`${otklik.url}${sent.url}`)).body()
    expect(bytes.includes('Exif')).toBe(false)
    expect(bytes.includes('GPS here')).toBe(false)
    // It was taken on its side: its left half, which was dark, is on top.
    expect(await page.evaluate(`(${SEEN})(${JSON.stringify(bytes.toString('base64'))})`)).toEqual({
      width: 1_280,
      height: 2_560,
      top: 'dark',
      bottom: 'light',
    })
  })

  test('come by pasting, by dropping and from the camera', async () => {
    await bring('paste', 'вставлен.txt')
    await ready('вставлен.txt').waitFor()
    await bring('drop', 'брошен.txt')
    await ready('брошен.txt').waitFor()
    await page.getByRole('button', { name: 'Сфотографировать' }).waitFor()
    await page.locator('input[capture=environment]').setInputFiles(aPicture('снимок.png'))
    await ready('снимок.png').waitFor()
    await send().click()
    await tray().waitFor({ state: 'detached' })
    await log()
      .getByRole('link', { name: /брошен\.txt/ })
      .waitFor()
  })

  test('of more than one may send, or larger, are told of before anything leaves', async () => {
    const uploads: string[] = []
    page.on('request', (request) => request.url().endsWith('/attachments') && uploads.push(request.url()))
    const large = { name: 'фильм.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(20 * 1024 * 1024 + 1) }
    await files().setInputFiles(large)
    await page.getByText('не прикрепили: фильм.mp4').waitFor()
    expect(uploads).toEqual([])
    await files().setInputFiles(Array.from({ length: 12 }, (_, n) => aFile(`${n + 1}.txt`, `файл ${n}`)))
    await page.getByText('Не прикрепили ещё 2 файла').waitFor()
    await ready('10.txt').waitFor()
    expect(await violationsOf(page)).toEqual([])
    for (let n = 1; n <= 10; n++)
      await tray()
        .getByRole('button', { name: `Убрать ${n}.txt` })
        .click()
    await tray().waitFor({ state: 'detached' })
  })

  test('wait for a network, go by themselves when it is there, and in the order of writing', async () => {
    await context.setOffline(true)
    await files().setInputFiles(aFile('без-сети.txt', 'позже'))
    await tray().getByText('Ждёт сети').waitFor()
    expect(await send().isDisabled()).toBe(true)
    await context.setOffline(false)
    await ready('без-сети.txt').waitFor()
    await context.setOffline(true)
    await send().click()
    await page.getByLabel('Сообщение', { exact: true }).fill('А это вслед')
    await send().click()
    await log().getByText('Ждёт сети').nth(1).waitFor()
    // What was uploaded goes with the message that waits, also when the page is loaded anew.
    await page.waitForFunction('navigator.serviceWorker.controller !== null')
    await page.reload()
    await log().getByText('без-сети.txt').waitFor()
    await context.setOffline(false)
    await log().getByText('Ждёт сети').first().waitFor({ state: 'detached' })
    const shown = await log().innerText()
    expect(shown.indexOf('без-сети.txt')).toBeGreaterThan(0)
    expect(shown.indexOf('А это вслед')).toBeGreaterThan(shown.indexOf('без-сети.txt'))
  })

  test('that the server refuses say why, and go when tried again', async () => {
    const refusal = {
      type: '/problems/x',
      title: 'x',
      status: 415,
      code: 'attachment_not_allowed',
      traceId: 't',
      facts: {},
    }
    await page.route('**/api/v1/my/attachments', (route) => route.fulfill({ status: 415, json: refusal }), {
      times: 1,
    })
    await files().setInputFiles(aFile('спорный.txt', 'текст'))
    await tray().getByText('Файлы этого типа отправить нельзя.').waitFor()
    await tray().getByRole('button', { name: 'Загрузить ещё раз спорный.txt' }).click()
    await ready('спорный.txt').waitFor()
    await tray().getByRole('button', { name: 'Убрать спорный.txt' }).click()
  })

  test('a message that is refused says why, and is sent again or given up', async () => {
    const refusal = {
      type: '/problems/x',
      title: 'x',
      status: 409,
      code: 'channel_paused',
      traceId: 't',
      facts: {},
    }
    await page.route('**/api/v1/my/messages', (route) => route.fulfill({ status: 409, json: refusal }), {
      times: 2,
    })
    for (const text of ['Раз', 'Два']) {
      await page.getByLabel('Сообщение', { exact: true }).fill(text)
      await send().click()
      await page
        .getByText('Канал приостановлен администратором.')
        .nth(text === 'Раз' ? 0 : 1)
        .waitFor()
    }
    expect(await violationsOf(page)).toEqual([])
    await log().getByRole('button', { name: 'Удалить' }).first().click()
    await log().getByRole('button', { name: 'Повторить' }).click()
    await log().getByText('Не отправлено').waitFor({ state: 'detached' })
    await log().getByText('Два', { exact: true }).waitFor()
    expect(await log().getByText('Раз', { exact: true }).count()).toBe(0)
  })
})
