import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aStaffCaller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { launchBrowser, PATIENCE_MS } from './launch.ts'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
let otklik: TestOtklik
let browser: Browser
let context: BrowserContext
let login: { email: string; password: string }

beforeAll(async () => {
  browser = await launchBrowser()
  otklik = await anOtklik()
  const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  const colleague = { email: 'nina@example.org', name: 'Нина', roles: ['agent'] as const }
  const { password } = await admin.call(contracts.staff.createMember, {
    body: { ...colleague, roles: [...colleague.roles] },
  })
  login = { email: colleague.email, password }
  context = await browser.newContext({ locale: 'ru-RU', viewport: WIDE })
  context.setDefaultTimeout(PATIENCE_MS)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
})

describe('a colleague who comes for the first time', () => {
  test('connects an authenticator by a picture or its key, chooses a password, and is in', async () => {
    const page = await context.newPage()
    await page.goto(`${otklik.url}/desk/`)
    await page.getByLabel('Почта').fill(login.email)
    await page.locator('input[type=password]').fill(login.password)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    const picture = page.getByRole('img', { name: 'QR-код с ключом' })
    await picture.waitFor()
    await page.setViewportSize(PHONE)
    expect(await picture.isVisible()).toBe(false)

    const key = await page.locator('code').innerText()
    await page.getByLabel('Код').fill('000000')
    await page.getByRole('button', { name: 'Подключить' }).click()
    await page.getByRole('alert').waitFor()
    const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) })
    await page.getByLabel('Код').fill(totp.generate())
    await page.getByRole('button', { name: 'Подключить' }).click()

    await page.getByLabel('Выданный пароль').fill(login.password)
    await page.getByLabel('Новый пароль').fill('свой длинный пароль')
    await page.getByRole('button', { name: 'Задать и войти' }).click()
    await page.getByRole('navigation', { name: 'Чьи диалоги' }).waitFor()
  })

  test('reads the door in the language of the browser, until another one is chosen', async () => {
    const english = await browser.newContext({ locale: 'en-GB', viewport: WIDE })
    english.setDefaultTimeout(PATIENCE_MS)
    const page = await english.newPage()
    await page.goto(`${otklik.url}/desk/`)
    await page.getByLabel('E-mail').fill(otklik.logins.anna.email)
    await page.locator('input[type=password]').fill(otklik.logins.anna.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: /^My menu/ }).click()
    await page.getByRole('menuitem', { name: 'Русский' }).click()
    await page.getByRole('navigation', { name: 'Чьи диалоги' }).waitFor()
    await page.reload()
    await page.getByRole('navigation', { name: 'Чьи диалоги' }).waitFor()
    await english.close()
  })
})
