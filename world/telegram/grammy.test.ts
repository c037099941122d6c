import { Bot, InlineKeyboard, InputFile, InputMediaBuilder, Keyboard } from 'grammy'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { demoTokens, startWorld, type World } from '../index.ts'

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const photo = { name: 'p.png', type: 'image/png', base64: onePixel.toString('base64') }

describe('grammY against the stand-in', () => {
  let world: World
  let bot: Bot
  let anna: number
  beforeEach(async () => {
    world = await startWorld({ timeScale: 0.01 })
    bot = new Bot(demoTokens.telegram, { client: { apiRoot: `${world.url}/telegram` } })
    anna = world.people.byKey('anna')!.userId
  })
  afterEach(async () => {
    if (bot.isRunning()) await bot.stop()
    await world.close()
  })
  const startPolling = async (): Promise<void> => {
    await new Promise<void>((onStart) => void bot.start({ onStart: () => onStart() }))
  }

  test('hears by polling what a person writes, and answers', async () => {
    const heard: string[] = []
    bot.command('start', (ctx) => void heard.push(`start ${ctx.match}`))
    bot.on('message:text', async (ctx) => {
      heard.push(ctx.message.text)
      await ctx.reply('Здравствуйте')
    })
    await startPolling()
    await world.act('telegram', 'anna', { act: 'start', payload: 'link-1' })
    await world.act('telegram', 'anna', { act: 'text', text: 'Где мой баланс?' })
    await vi.waitFor(() => expect(world.view('telegram', 'anna').messages).toHaveLength(3))
    expect(heard).toEqual(['start link-1', 'Где мой баланс?'])
    expect(world.view('telegram', 'anna').messages.at(-1)).toMatchObject({
      from: 'operator',
      text: 'Здравствуйте',
    })
  })

  test('sends buttons, hears a press, changes the message and shows a notice', async () => {
    bot.callbackQuery('balance', async (ctx) => {
      await ctx.editMessageText('На счёте 120 ₽')
      await ctx.answerCallbackQuery('Смотрю')
    })
    await startPolling()
    await world.act('telegram', 'anna', { act: 'start' })
    const reply_markup = new InlineKeyboard().text('Баланс', 'balance')
    const sent = await bot.api.sendMessage(anna, 'Чем помочь?', { reply_markup })
    await world.act('telegram', 'anna', {
      act: 'press',
      messageId: String(sent.message_id),
      row: 0,
      column: 0,
    })
    await vi.waitFor(() => expect(world.view('telegram', 'anna').notice?.text).toBe('Смотрю'))
    expect(world.view('telegram', 'anna').messages.at(-1)).toMatchObject({
      text: 'На счёте 120 ₽',
      edited: true,
    })
  })

  test('sends files by upload and by file_id, and fetches what a person sent', async () => {
    await world.act('telegram', 'anna', { act: 'start' })
    const sent = await bot.api.sendPhoto(anna, new InputFile(onePixel, 'p.png'), { caption: 'схема' })
    expect(sent.photo.at(-1)).toMatchObject({ width: 1, height: 1, file_size: onePixel.length })
    await bot.api.sendPhoto(anna, sent.photo.at(-1)!.file_id)
    await bot.api.sendDocument(anna, new InputFile(Buffer.from('счёт'), 'счёт.txt'))
    await bot.api.sendVoice(anna, new InputFile(Buffer.alloc(32_000), 'v.ogg'))
    const album = [
      InputMediaBuilder.photo(new InputFile(onePixel)),
      InputMediaBuilder.photo(sent.photo[0]!.file_id),
    ]
    const group = await bot.api.sendMediaGroup(anna, album)
    expect(new Set(group.map((one) => ('media_group_id' in one ? one.media_group_id : undefined))).size).toBe(
      1,
    )
    const kinds = world.view('telegram', 'anna').messages.flatMap((one) => one.items.map((item) => item.kind))
    expect(kinds).toEqual(['photo', 'photo', 'document', 'voice', 'photo', 'photo'])

    await world.act('telegram', 'anna', { act: 'media', kind: 'photo', files: [photo], text: 'вот' })
    const update = (await bot.api.getUpdates({ offset: -1 })).at(-1)
    const file = await bot.api.getFile(update!.message!.photo!.at(-1)!.file_id)
    const bytes = await fetch(`${world.url}/telegram/file/bot${demoTokens.telegram}/${file.file_path}`)
    expect(Buffer.from(await bytes.arrayBuffer()).equals(onePixel)).toBe(true)
  })

  test('receives album, contact, location, edit, block and unblock as the real service tells them', async () => {
    await world.act('telegram', 'anna', { act: 'start' })
    const request = new Keyboard().requestContact('Поделиться номером')
    await bot.api.sendMessage(anna, 'Ваш номер?', { reply_markup: request })
    await world.act('telegram', 'anna', { act: 'press', messageId: 'keyboard', row: 0, column: 0 })
    await world.act('telegram', 'anna', { act: 'location', latitude: 55.75, longitude: 37.61 })
    await world.act('telegram', 'anna', { act: 'media', kind: 'photo', files: [photo, photo] })
    const { messageIds } = await world.act('telegram', 'anna', { act: 'text', text: 'опечтака' })
    await world.act('telegram', 'anna', { act: 'edit', messageId: messageIds[0]!, text: 'опечатка' })
    await world.act('telegram', 'anna', { act: 'block' })
    await expect(bot.api.sendMessage(anna, 'x')).rejects.toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    await world.act('telegram', 'anna', { act: 'unblock' })
    const updates = await bot.api.getUpdates()
    expect(updates[1]?.message?.contact).toEqual({
      phone_number: '79000000101',
      first_name: 'Анна',
      last_name: 'Ветрова',
      user_id: anna,
    })
    expect(updates[2]?.message?.location).toEqual({ latitude: 55.75, longitude: 37.61 })
    expect(updates[3]?.message?.media_group_id).toBe(updates[4]?.message?.media_group_id)
    expect(updates[6]?.edited_message).toMatchObject({ text: 'опечатка', message_id: Number(messageIds[0]) })
    expect(updates.slice(7).map((one) => one.my_chat_member?.new_chat_member.status)).toEqual([
      'kicked',
      'member',
    ])
  })

  test('meets the errors of the real service', async () => {
    await world.act('telegram', 'anna', { act: 'start' })
    const call = (error_code: number, description: string) => ({ error_code, description })
    await expect(bot.api.sendMessage(anna, '')).rejects.toMatchObject(
      call(400, 'Bad Request: message text is empty'),
    )
    await expect(bot.api.sendMessage(anna, 'x'.repeat(4097))).rejects.toMatchObject(
      call(400, 'Bad Request: message is too long'),
    )
    await expect(bot.api.sendMessage(1, 'x')).rejects.toMatchObject(call(400, 'Bad Request: chat not found'))
    const wide = new InlineKeyboard().text('x', 'ы'.repeat(33))
    const refused = bot.api.sendMessage(anna, 'x', { reply_markup: wide })
    await expect(refused).rejects.toMatchObject(call(400, 'Bad Request: BUTTON_DATA_INVALID'))
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '429', retryAfterS: 7 })
    await expect(bot.api.sendMessage(anna, 'x')).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 7 },
    })
    await bot.api.setWebhook('https://bot.example/hook')
    await expect(bot.api.getUpdates()).rejects.toMatchObject({ error_code: 409 })
    const stranger = new Bot('1:wrong', { client: { apiRoot: `${world.url}/telegram` } })
    await expect(stranger.api.getMe()).rejects.toMatchObject(call(401, 'Unauthorized'))
  })

  test('a second poll ends the first', async () => {
    const ended = bot.api
      .getUpdates({ timeout: 30 })
      .catch((error: { error_code: number }) => error.error_code)
    const second = vi.waitFor(async () => {
      await bot.api.getUpdates({ timeout: 0 })
      expect(await Promise.race([ended, 'still waits'])).toBe(409)
    })
    await second
  })
})
