import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bot, ImageAttachment, Keyboard } from '@maxhub/max-bot-api'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { contactHash, demoTokens, startWorld, type World } from '../index.ts'

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe("MAX's own SDK against the stand-in", () => {
  let world: World
  let bot: Bot
  beforeEach(async () => {
    world = await startWorld({ timeScale: 0.01 })
    bot = new Bot(demoTokens.max, { clientOptions: { baseUrl: `${world.url}/max/` } })
  })
  afterEach(async () => {
    bot.stopPolling()
    await world.close()
  })

  test('hears by polling what a person writes, and answers', async () => {
    const heard: string[] = []
    bot.on('bot_started', (ctx) => void heard.push(`started ${ctx.startPayload}`))
    bot.on('message_created', async (ctx) => {
      heard.push(ctx.message.body.text ?? '')
      await ctx.reply('Здравствуйте')
    })
    void bot.start()
    await vi.waitFor(() => expect(bot.botInfo?.username).toBe('otklik_demo_bot'))
    await world.act('max', 'anna', { act: 'start', payload: 'link-1' })
    await vi.waitFor(() => expect(heard).toEqual(['started link-1']))
    await world.act('max', 'anna', { act: 'text', text: 'Где мой баланс?' })
    await vi.waitFor(() => expect(world.view('max', 'anna').messages).toHaveLength(2))
    expect(heard).toEqual(['started link-1', 'Где мой баланс?'])
    expect(world.view('max', 'anna').messages.map((one) => [one.from, one.text])).toEqual([
      ['person', 'Где мой баланс?'],
      ['operator', 'Здравствуйте'],
    ])
  })

  test('sends buttons, hears a press, changes the message and shows a notice', async () => {
    bot.action('balance', async (ctx) => {
      // The SDK's type does not know `notification`, the schema does.
      const answer = { notification: 'Смотрю', message: { text: 'На счёте 120 ₽', attachments: [] } }
      await ctx.answerOnCallback(answer)
    })
    void bot.start()
    await vi.waitFor(() => expect(bot.botInfo).toBeDefined())
    await world.act('max', 'anna', { act: 'start' })
    const keyboard = Keyboard.inlineKeyboard([[Keyboard.button.callback('Баланс', 'balance')]])
    const sent = await bot.api.sendMessageToUser(world.people.byKey('anna')!.userId, 'Чем помочь?', {
      attachments: [keyboard],
    })
    await world.act('max', 'anna', { act: 'press', messageId: sent.body.mid, row: 0, column: 0 })
    await vi.waitFor(() => expect(world.view('max', 'anna').notice?.text).toBe('Смотрю'))
    expect(world.view('max', 'anna').messages).toMatchObject([
      { text: 'На счёте 120 ₽', edited: true, buttons: [] },
    ])
  })

  test('uploads a photo, waits until it is ready, sends it; the photo can be fetched', async () => {
    await world.act('max', 'anna', { act: 'start' })
    const image = await bot.api.uploadImage({ source: onePixel })
    expect(image).toBeInstanceOf(ImageAttachment)
    const sent = await bot.api.sendMessageToUser(world.people.byKey('anna')!.userId, 'Схема', {
      attachments: [image.toJson()],
    })
    const [attachment] = sent.body.attachments ?? []
    if (attachment?.type !== 'image') throw new Error('not an image')
    const fetched = await fetch(attachment.payload.url)
    expect(Buffer.from(await fetched.arrayBuffer()).equals(onePixel)).toBe(true)
  })

  test('reads the contact card; its hash proves that the number is the account’s own', async () => {
    const phones: unknown[] = []
    bot.on('message_created', (ctx) => void phones.push(ctx.contactInfo?.tel))
    void bot.start()
    await vi.waitFor(() => expect(bot.botInfo).toBeDefined())
    await world.act('max', 'pyotr', { act: 'start' })
    await vi.waitFor(() => expect(world.max.updates()).toHaveLength(1))
    await world.act('max', 'pyotr', { act: 'contact' })
    await vi.waitFor(() => expect(phones).toEqual(['79000000102']))
    const [, update] = world.max.updates()
    if (update?.update_type !== 'message_created') throw new Error('no message')
    const [card] = update.message.body.attachments ?? []
    if (card?.type !== 'contact') throw new Error('no card')
    expect(card.payload.hash).toBe(contactHash(card.payload.vcf_info, demoTokens.max))
  })

  test('edits and deletes its message', async () => {
    await world.act('max', 'anna', { act: 'start' })
    const sent = await bot.api.sendMessageToUser(world.people.byKey('anna')!.userId, 'раз')
    await bot.api.editMessage(sent.body.mid, { text: 'два' })
    expect((await bot.api.getMessage(sent.body.mid)).body.text).toBe('два')
    await bot.api.deleteMessage(sent.body.mid)
    expect(world.view('max', 'anna').messages).toMatchObject([{ deleted: true, text: '' }])
  })

  test('is told in its own error type: wrong token, person gone, text too long, too many', async () => {
    await world.act('max', 'anna', { act: 'start' })
    const { userId } = world.people.byKey('anna')!
    const stranger = new Bot('wrong', { clientOptions: { baseUrl: `${world.url}/max/` } })
    await expect(stranger.api.getMyInfo()).rejects.toMatchObject({ status: 401, code: 'verify.token' })
    const tooLong = bot.api.sendMessageToUser(userId, 'ы'.repeat(4001))
    await expect(tooLong).rejects.toMatchObject({ status: 400, code: 'proto.payload' })
    await expect(bot.api.sendMessageToUser(1, 'x')).rejects.toMatchObject({
      status: 404,
      code: 'chat.not.found',
    })
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: '429' })
    await expect(bot.api.sendMessageToUser(userId, 'x')).rejects.toMatchObject({ status: 429 })
    await world.act('max', 'anna', { act: 'block' })
    await expect(bot.api.sendMessageToUser(userId, 'x')).rejects.toMatchObject({
      status: 403,
      code: 'chat.denied',
    })
  })

  test('its webhook handler accepts what the stand-in sends, with the secret', async () => {
    const heard: string[] = []
    bot.on('message_created', (ctx) => void heard.push(ctx.message.body.text ?? ''))
    const handler = bot.webhookCallback({ domain: 'bot.example', path: '/hook', secret: 'correct-secret' })
    const server = createServer(handler)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    await bot.api.subscribe(url, 'correct-secret', ['message_created'])
    await world.act('max', 'anna', { act: 'text', text: 'по вебхуку' })
    await vi.waitFor(() => expect(heard).toEqual(['по вебхуку']))
    expect(world.max.deliveries.map((one) => one.status)).toEqual([200])
    server.close()
  })
})
