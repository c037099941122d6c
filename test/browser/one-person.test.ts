import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aDeskOf } from './desk.ts'
import { launchBrowser } from './launch.ts'
import { aVisitor } from './visitor.ts'

const { conversations, subscribers } = contracts
const TOKENS = { max: 'max-token', telegram: '700000001:telegram-token', sms: 'sms-token' }
const MAIL = { address: 'support@volna.example', user: 'support@volna.example', password: 'mail-password' }
const SECRET = 'a-webhook-secret-of-the-test'
let world: World
let otklik: TestOtklik
let browser: Browser
let irina: Caller

beforeAll(async () => {
  ;[browser, world] = await Promise.all([
    launchBrowser(),
    startWorld({
      timeScale: 0.001,
      max: { token: TOKENS.max },
      telegram: { token: TOKENS.telegram },
      sms: { token: TOKENS.sms },
      mail: MAIL,
    }),
  ])
  otklik = await anOtklik({ trustedOrigins: [world.url], env: { COUNTRY: 'KZ' } })
  const door = (kind: 'max' | 'telegram' | 'sms', settings: object = {}) =>
    otklik.openDoor({
      kind,
      name: kind,
      policy: 'full',
      settings: { apiBase: `${world.url}/${kind}`, ...settings },
      secrets: { token: TOKENS[kind], webhookSecret: SECRET },
    })
  await door('max')
  await door('telegram')
  await door('sms', { sender: '0611' })
  await otklik.openDoor({
    kind: 'email',
    name: 'Почта',
    policy: 'full',
    settings: {
      address: MAIL.address,
      name: 'Волна',
      imap: { ...world.mail.imap, secure: false, user: MAIL.user },
      smtp: { ...world.mail.smtp, secure: false, user: MAIL.user },
      authservId: 'mail.otklik.example',
    },
    secrets: { imapPassword: MAIL.password, smtpPassword: MAIL.password, threadKeys: 'a'.repeat(48) },
  })
  await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  await otklik.reconcileDoors()
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
})
afterAll(async () => {
  await browser?.close()
  await otklik?.end()
  await world?.close()
})

const laneOf = (preview: string): Promise<string> =>
  eventually(async () => {
    const { items } = await irina.call(conversations.listConversations, {
      query: { view: 'all', limit: 100 },
    })
    const id = items.find((one) => one.preview.includes(preview))?.id
    return (
      id && ((await irina.call(conversations.getConversation, { params: { id } })).replyLaneId ?? undefined)
    )
  }, 30_000)

/** The person tells the agent the code that came by SMS. */
async function prove(laneId: string): Promise<void> {
  const { msisdn } = world.people.byKey('anna')!
  const before = world.sms.sentTo(msisdn).length
  const { proofId } = await irina.call(subscribers.startProof, {
    params: { id: laneId },
    body: { msisdn: `+${msisdn}` },
  })
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  const code = /\d{6}/.exec(sent.text)![0]
  await irina.call(subscribers.confirmProof, { params: { id: laneId }, body: { proofId, code } })
}

describe('one person', () => {
  test('on four doors is one scroll, with the photo that came by one of them; unlinked, that door is another’s', async () => {
    const site = await aVisitor(browser, otklik.url)
    const photo = await site.page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } })
    await site.say('Пишу с сайта')
    const chat = await laneOf('Пишу с сайта')
    await world.act('telegram', 'anna', { act: 'text', text: 'Пишу из Telegram' })
    const telegram = await laneOf('Пишу из Telegram')
    await world.act('mail', 'anna', { act: 'mail', subject: 'Вопрос', text: 'Пишу письмом' })
    const mail = await laneOf('Пишу письмом')
    // There the messenger itself vouches for the number.
    await world.act('max', 'anna', { act: 'contact' })
    await world.act('max', 'anna', {
      act: 'media',
      kind: 'photo',
      files: [{ name: 'screen.png', type: 'image/png', base64: photo.toString('base64') }],
      text: 'Пишу из MAX, вот снимок',
    })
    await laneOf('Пишу из MAX')
    for (const lane of [chat, telegram, mail]) await prove(lane)

    const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
    await desk.open('Пишу с сайта')
    const said = ['Пишу с сайта', 'Пишу из Telegram', 'Пишу письмом', 'Пишу из MAX, вот снимок']
    for (const text of said) await desk.timeline.getByText(text, { exact: true }).waitFor()
    const shown = (await desk.shown()).filter((line) => line.startsWith('visitor: '))
    // A mail's first line is its subject; a shared number has no words.
    expect(shown.map((line) => line.replace('visitor: ', ''))).toEqual([
      'Пишу с сайта',
      'Пишу из Telegram',
      'Вопрос',
      '',
      'Пишу из MAX, вот снимок',
    ])
    // What was said of how somebody was proved is words of the desk, never a code of the program.
    await desk.timeline.getByText('Подтверждено, кто пишет').first().waitFor()
    expect(await desk.timeline.innerText()).not.toMatch(/sms-code|shared-contact/)
    const picture = desk.timeline.getByRole('img', { name: /png|jpg|photo/i }).first()
    const width = () => picture.evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : 0))
    await vi.waitFor(async () => expect(await width()).toBe(320), { timeout: 20_000 })

    const menu = desk.page.getByRole('button', { name: 'Действия: MAX' })
    await menu.click()
    await desk.page.getByRole('menuitem', { name: 'Отвязать' }).click()
    const dialog = desk.page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Назвала чужой код')
    await dialog.getByRole('button', { name: 'Отвязать' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await vi.waitFor(
      async () => expect(await desk.timeline.getByText('Пишу из MAX, вот снимок').count()).toBe(0),
      { timeout: 20_000 },
    )
    for (const text of said.slice(0, 3)) await desk.timeline.getByText(text, { exact: true }).waitFor()
    expect(await picture.count()).toBe(0)
    await desk.open('Пишу из MAX, вот снимок')
    expect(await desk.timeline.getByText('Пишу с сайта').count()).toBe(0)
    await desk.context.close()
    await site.context.close()
  }, 180_000)
})

test('what somebody passes on stands as another’s words, with the link that it hides', async () => {
  const accounts = await irina.call(contracts.channels.listChannelAccounts)
  const { id } = accounts.find(({ kind }) => kind === 'telegram')!
  const person = world.people.byKey('zinaida')!
  const message = {
    message_id: 900_001,
    from: { id: person.userId, is_bot: false, first_name: person.firstName },
    chat: { id: person.userId, type: 'private' },
    date: Math.floor(Date.now() / 1000),
    text: 'Вам положен возврат',
    entities: [{ type: 'text_link', offset: 12, length: 7, url: 'https://fraud.example/' }],
    forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'Служба безопасности' },
  }
  const answer = await fetch(`${otklik.url}/channels/${id}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify({ update_id: 900_001, message }),
  })
  expect(answer.status).toBe(200)
  await laneOf('Вам положен возврат')
  const desk = await aDeskOf(browser, otklik.url, otklik.logins.irina)
  await desk.open('Вам положен возврат (https://fraud.example/)')
  await desk.timeline.getByText('Переслано от: Служба безопасности').waitFor()
  await desk.context.close()
})
