// `npm run screens`: starts the demo on temporary data, plays a short scene through the outside world, the widget and the API, and takes
// the pictures of docs/screens. Needs /usr/bin/chromium.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { v7 as uuid } from 'uuid'

const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, 'docs/screens')
const CHROMIUM = '/usr/bin/chromium'
const MAX_BYTES = 300 * 1024
const DESKTOP = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 }
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

if (!existsSync(CHROMIUM)) {
  console.error(
    `Screens need Chromium at ${CHROMIUM}: sudo apt-get install -y --no-install-recommends chromium`,
  )
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const demo = await startDemo()
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
})
try {
  const site = await playScene()
  await takeDesk()
  await takeEditor()
  await takeSite(site)
  await takePhone()
  await takeMy()
  await takeMarket()
} finally {
  await browser.close()
  await demo.stop()
}

/** The program itself, as `npm start` runs it, on free ports. */
async function startDemo() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'otklik-screens-'))
  const [port, worldPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      OTKLIK_DATA: dataDir,
      PORT: String(port),
      WORLD_PORT: String(worldPort),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the demo ended at once: ${said}`)
    return said.includes('Ctrl-C')
  })
  const passwords = new Map(
    [...said.matchAll(/^ {2}(\S+@\S+) +(\S+) {3}/gm)].map(([, email, password]) => [email, password]),
  )
  return {
    url: `http://127.0.0.1:${port}`,
    world: `http://127.0.0.1:${worldPort}`,
    passwords,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Beside those who have written already: Anna Vetrova, at three doors. Gives the page of a visitor of the site. */
async function playScene() {
  const irina = await signIn('irina@demo.example')
  const anna = await signIn('anna@demo.example')
  const timur = await signIn('timur@demo.example')

  await act('max', 'anna', { act: 'start' })
  await act('max', 'anna', {
    act: 'text',
    text: 'Здравствуйте! С утра не открываются сайты, хотя связь есть',
  })
  const first = await conversationOf(anna, 'не открываются сайты')
  await act('max', 'anna', { act: 'contact' })
  await post(anna, `/conversations/${first.id}/claim`)
  // The messenger vouched for the number: the operator's books know whose it is, once the contact has come.
  const point = await pointOf(anna, first.id)
  await until(async () => (await post(anna, `/contact-points/${point}/lines`)).length > 0)
  await answer(
    anna,
    first.id,
    'Анна, здравствуйте! Вижу ваш номер. Пакет интернета на месте, осталось 12 ГБ. Выключите и включите, пожалуйста, режим полёта.',
  )
  await act('max', 'anna', { act: 'text', text: 'Сделала, не помогло. Я на даче, в Мшинской' })
  await post(anna, `/conversations/${first.id}/notes`, {
    id: uuid(),
    text: 'В Мшинской с 8:00 работы на вышке, обещают закончить к 16:00.',
  })
  await answer(
    anna,
    first.id,
    'Нашли причину: в Мшинской до 16:00 меняют оборудование на вышке. Звонки и SMS работают, интернет вернётся после четырёх.',
  )
  // The internet is gone altogether: the same person goes on by SMS.
  await act('sms', 'anna', { act: 'text', text: 'Поняла, спасибо! А за этот день вернут деньги?' })

  const charged = await conversationOf(timur, 'Списали')
  await post(timur, `/conversations/${charged.id}/claim`)

  const context = await browser.newContext({
    locale: 'ru-RU',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
  })
  await context.addInitScript(`
    const attach = Element.prototype.attachShadow
    Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }) }`)
  const page = await context.newPage()
  await page.goto(`${demo.url}/demo/`)
  await page.getByRole('button', { name: /^Открыть чат/ }).click()
  const chat = page.getByRole('dialog')
  await chat.getByRole('textbox').fill('Здравствуйте! Чем «Бриз» отличается от «Штиля», кроме цены?')
  await chat.getByRole('button', { name: 'Отправить' }).click()
  const tariff = await conversationOf(irina, 'Бриз')
  await post(irina, `/conversations/${tariff.id}/claim`)
  await answer(
    irina,
    tariff.id,
    'Здравствуйте! В «Бризе» 25 ГБ вместо 5 и вдвое больше минут. Если смотрите видео в дороге, «Штиля» не хватит.',
  )
  await chat.getByText('вместо 5').waitFor()
  await chat.getByRole('textbox').fill('Тогда «Бриз». Как перейти?')
  await chat.getByRole('button', { name: 'Отправить' }).click()
  await chat.getByText(/Отправлено|Прочитано/).waitFor()
  await chat.getByRole('textbox').blur()
  return page
}

async function takeDesk() {
  for (const colorScheme of ['light', 'dark']) {
    const page = await deskOf('anna@demo.example', { ...DESKTOP, colorScheme })
    await openFirst(page)
    await take(page, colorScheme === 'light' ? 'desk' : 'desk-dark')
    await page.context().close()
  }
  await takeLine()
  const phone = await deskOf('irina@demo.example', { ...PHONE, colorScheme: 'light' })
  await phone.getByRole('link', { name: /^Все/ }).click()
  await phone.getByText('eSIM').waitFor()
  await take(phone, 'desk-phone-inbox')
  await phone.context().close()
  const inside = await deskOf('anna@demo.example', { ...PHONE, colorScheme: 'light' })
  await openFirst(inside)
  await take(inside, 'desk-phone')
  await inside.context().close()
}

/** What an agent sees before they switch an option on. */
async function takeLine() {
  const page = await deskOf('anna@demo.example', { ...DESKTOP, colorScheme: 'light' })
  await openFirst(page)
  await page.getByRole('button', { name: /^Действия с номером/ }).click()
  await page.getByRole('menuitem', { name: 'Подключить услугу…' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Услуга' }).fill('Ещё 20')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText('Сейчас спишется').waitFor()
  await take(page, 'desk-line')
  await page.context().close()
}

/** A flow of the assistant, tried beside its graph. */
async function takeEditor() {
  const page = await signedIn('pavel@demo.example', { ...DESKTOP, colorScheme: 'light' })
  await page.getByRole('link', { name: 'Помощник', exact: true }).click()
  await page.getByRole('link', { name: /Платные подписки/ }).click()
  await page.getByRole('button', { name: 'Отключить одну', exact: true }).click()
  await page.getByRole('button', { name: 'Кино', exact: true }).click()
  await page.getByText('Подтверждаете?').waitFor()
  await take(page, 'desk-assistant')
  await page.context().close()
}

/** The subscriber's app, signed in by the code that came to the phone. */
async function takeMy() {
  const context = await browser.newContext({ locale: 'ru-RU', ...PHONE, colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(`${demo.url}/my/`)
  await page.getByLabel('Номер телефона').fill('+7 900 000-01-01')
  await page.getByRole('button', { name: 'Получить код' }).click()
  await page.getByLabel('Код из сообщения').fill(await codeOf('anna'))
  await page.getByText('Баланс').waitFor()
  await take(page, 'my-home')
  const tab = (name) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name })
  await tab('Услуги').click()
  await page.getByText('Гороскоп').waitFor()
  await take(page, 'my-services')
  await tab('Финансы').click()
  await page.getByText('На что ушли деньги').waitFor()
  await take(page, 'my-finance')
  await tab('Маркет').click()
  await page.getByText('Обновляется само').waitFor()
  await take(page, 'my-market')
  await buy(page, /^Купить 2\sГБ за 38/)
  await buy(page, /^Купить 5\sГБ за 85/)
  await context.close()
}

/** Buys a lot on the Market as a person does. */
async function buy(page, lot) {
  const sheet = page.getByRole('dialog')
  await page.getByRole('button', { name: lot }).first().click()
  await sheet.getByRole('button', { name: /^Купить за/ }).click()
  await sheet.getByRole('button', { name: 'Готово' }).click()
}

/** The Market as the operator looks after it. */
async function takeMarket() {
  const page = await deskOf('irina@demo.example', { ...DESKTOP, colorScheme: 'light' })
  await page.getByRole('link', { name: 'Маркет' }).click()
  await page.getByText('Последние сделки').waitFor()
  await take(page, 'desk-market')
  await page.context().close()
}

/** The newest code that came to somebody's phone. */
async function codeOf(person) {
  let code
  await until(async () => {
    const answered = await fetch(`${demo.world}/world/sms/chats/${person}`)
    code = [...JSON.stringify(await answered.json()).matchAll(/(\d{6}) — код входа/g)].at(-1)?.[1]
    return code !== undefined
  })
  return code
}

async function takeSite(page) {
  await take(page, 'widget')
  await page.context().close()
}

async function takePhone() {
  const context = await browser.newContext({
    locale: 'ru-RU',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
  })
  const page = await context.newPage()
  await page.goto(`${demo.world}/phone/#anna/max`)
  await page.getByText('меняют оборудование').first().waitFor()
  await take(page, 'phone')
  await context.close()
}

async function deskOf(email, options) {
  const page = await signedIn(email, options)
  await page.getByRole('navigation', { name: 'Чьи диалоги' }).waitFor()
  return page
}

async function signedIn(email, options) {
  const context = await browser.newContext({ locale: 'ru-RU', ...options })
  const page = await context.newPage()
  await page.goto(`${demo.url}/desk/`)
  await page.getByLabel('Почта').fill(email)
  await page.locator('input[type=password]').fill(demo.passwords.get(email))
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  return page
}

async function openFirst(page) {
  await page.getByRole('link', { name: /^Все/ }).click()
  await page.getByRole('link').filter({ hasText: 'вернут деньги' }).click()
  await page.getByRole('region', { name: 'Лента' }).getByText('вернут деньги').waitFor()
}

async function take(page, name) {
  await page.mouse.move(0, 0)
  await page.waitForLoadState('networkidle')
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  const file = path.join(folder, `${name}.png`)
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  const { size } = statSync(file)
  console.log(`${name}.png  ${Math.round(size / 1024)} KB${size > MAX_BYTES ? '  TOO LARGE' : ''}`)
  if (size > MAX_BYTES) process.exitCode = 1
}

async function signIn(email) {
  const answered = await fetch(`${demo.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: demo.url },
    body: JSON.stringify({ email, password: demo.passwords.get(email) }),
  })
  if (!answered.ok) throw new Error(`${email} cannot sign in: ${await answered.text()}`)
  return { cookie: answered.headers.getSetCookie()[0].split(';')[0], origin: demo.url }
}

async function call(method, who, where, body) {
  const answered = await fetch(`${demo.url}/api/v1${where}`, {
    method,
    headers: {
      ...who,
      ...(method !== 'GET' && { 'idempotency-key': uuid() }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answered.ok) throw new Error(`${method} ${where}: ${await answered.text()}`)
  return answered.json()
}
function post(who, where, body) {
  return call('POST', who, where, body)
}

/** An agent's answer, and that it has left. */
async function answer(who, id, text) {
  const { replyLaneId } = await call('GET', who, `/conversations/${id}`)
  const message = uuid()
  await post(who, `/conversations/${id}/messages`, { id: message, laneId: replyLaneId, text, undoMs: 0 })
  await until(async () => {
    const { entries } = await call('GET', who, `/conversations/${id}/timeline`)
    return entries.some(
      ({ delivery }) => delivery?.messageId === message && /sent|delivered|read/.test(delivery.state),
    )
  })
}

async function pointOf(who, conversationId) {
  const { replyLaneId } = await call('GET', who, `/conversations/${conversationId}`)
  return replyLaneId
}

async function conversationOf(who, preview) {
  let found
  await until(async () => {
    const { items } = await call('GET', who, '/conversations?view=unassigned&limit=100')
    found = items.find((one) => one.preview.includes(preview))
    return found !== undefined
  })
  return found
}

async function act(service, person, what) {
  const answered = await fetch(`${demo.world}/world/${service}/chats/${person}/acts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  })
  if (!answered.ok) throw new Error(`${service} ${person}: ${await answered.text()}`)
}

async function until(look, withinMs = 30_000) {
  const end = Date.now() + withinMs
  while (Date.now() < end) {
    if (await look()) return
    await pause(50)
  }
  throw new Error(`it did not come in time: ${look}`)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
