import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { demoTokens, startWorld, type World } from './index.ts'

describe('driving the world over HTTP', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ timeScale: 0.01 })
  })
  afterEach(() => world.close())

  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const bot = (method: string, body: object): Promise<Response> =>
    post(`/telegram/bot${demoTokens.telegram}/${method}`, body)

  test('a person writes, the bot answers, the phone shows it', async () => {
    const acted = await post('/world/telegram/chats/anna/acts', { act: 'start' })
    expect(await acted.json()).toEqual({ messageIds: ['1'] })
    await bot('sendMessage', { chat_id: 70101, text: 'Здравствуйте' })
    const view = await (await fetch(`${world.url}/world/telegram/chats/anna`)).json()
    expect(view).toMatchObject({
      started: true,
      messages: [{ text: '/start' }, { from: 'operator', text: 'Здравствуйте' }],
    })
  })

  test('a new person can be added', async () => {
    const nina = {
      key: 'nina',
      firstName: 'Нина',
      lastName: '',
      msisdn: '79000000777',
      email: 'nina@mail.example',
      locale: 'ru',
      userId: 777,
    }
    expect((await post('/world/people', nina)).status).toBe(201)
    expect((await post('/world/max/chats/nina/acts', { act: 'text', text: 'раз' })).status).toBe(200)
  })

  test('what makes no sense is refused with its reason', async () => {
    expect((await post('/world/max/chats/nobody/acts', { act: 'start' })).status).toBe(404)
    expect((await post('/world/fax/chats/anna/acts', { act: 'start' })).status).toBe(404)
    expect((await post('/world/max/chats/anna/acts', { act: 'dance' })).status).toBe(400)
    const refused = await post('/world/sms/chats/anna/acts', { act: 'contact' })
    expect([refused.status, await refused.json()]).toEqual([409, { error: 'SMS carries text only' }])
    expect(
      (await post('/world/max/chats/anna/acts', { act: 'edit', messageId: 'mid.none', text: 'x' })).status,
    ).toBe(404)
  })

  test('a planned fault hits as often as asked: before the deed, or after it', async () => {
    await world.act('telegram', 'anna', { act: 'start' })
    const said = { chat_id: 70101, text: 'раз' }
    expect(
      (await post('/world/faults', { service: 'telegram', method: 'sendMessage', kind: '500', times: 2 }))
        .status,
    ).toBe(201)
    expect([await bot('sendMessage', said), await bot('sendMessage', said)].map((one) => one.status)).toEqual(
      [500, 500],
    )
    expect(world.view('telegram', 'anna').messages).toHaveLength(1)
    await post('/world/faults', { service: 'telegram', method: 'sendMessage', kind: 'drop-after-accept' })
    await expect(bot('sendMessage', said)).rejects.toThrow()
    expect(world.view('telegram', 'anna').messages).toHaveLength(2)
    expect((await bot('sendMessage', said)).status).toBe(200)
  })

  test('a page hears of every change', async () => {
    const stream = await fetch(`${world.url}/world/events`)
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    await world.act('max', 'anna', { act: 'start' })
    let heard = ''
    await vi.waitFor(async () => {
      heard += (await reader.read()).value ?? ''
      expect(heard).toContain('data: {"service":"max","person":"anna"}')
    })
    await reader.cancel()
  })

  test('the phone page and its parts are served', async () => {
    for (const path of ['', 'app.js', 'chat.css', 'locales/ru.json', 'locales/en.json']) {
      expect((await fetch(`${world.url}/phone/${path}`)).status).toBe(200)
    }
    const [ru, en] = await Promise.all(
      ['ru', 'en'].map(async (lang) => (await fetch(`${world.url}/phone/locales/${lang}.json`)).json()),
    )
    expect(Object.keys(ru as object)).toEqual(Object.keys(en as object))
  })

  test('more requests than the service allows are refused with when to come again', async () => {
    await world.close()
    world = await startWorld({ telegram: { requestsPerSecond: 2 } })
    const answers = await Promise.all(Array.from({ length: 5 }, () => bot('getMe', {})))
    const refused = answers.find((one) => one.status === 429)
    expect(await refused?.json()).toMatchObject({
      ok: false,
      error_code: 429,
      parameters: { retry_after: 1 },
    })
  })
})
