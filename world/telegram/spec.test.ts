import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { demoTokens, startWorld, type World } from '../index.ts'

const field = z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() })
const spec = z
  .object({
    types: z.record(
      z.string(),
      z.object({ fields: z.array(field).default([]), subtypes: z.array(z.string()).default([]) }),
    ),
    methods: z.record(
      z.string(),
      z.object({ fields: z.array(field).default([]), returns: z.array(z.string()) }),
    ),
  })
  .parse(
    JSON.parse(
      readFileSync(
        join(import.meta.dirname, '../../test/fixtures/openapi/telegram-bot-api-10.1.json'),
        'utf8',
      ),
    ),
  )

const scalars: Record<string, (value: unknown) => boolean> = {
  Integer: Number.isSafeInteger,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  True: (value) => value === true,
}

/** What is wrong with a value of a type of the specification: missing, unknown or mistyped fields, by path. */
function faults(type: string, value: unknown, path: string): string[] {
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return [`${path}: not an array`]
    return value.flatMap((item, index) => faults(type.slice('Array of '.length), item, `${path}[${index}]`))
  }
  const scalar = scalars[type]
  if (scalar) return scalar(value) ? [] : [`${path}: not ${type}`]
  const known = spec.types[type]
  if (!known) return [`${path}: unknown type ${type}`]
  if (known.subtypes.length > 0) return best(known.subtypes, value, path)
  if (typeof value !== 'object' || value === null) return [`${path}: not ${type}`]
  const missing = known.fields
    .filter((one) => one.required && !(one.name in value))
    .map((one) => `${path}.${one.name}: missing`)
  return Object.entries(value).reduce((found, [name, inner]) => {
    const declared = known.fields.find((one) => one.name === name)
    return found.concat(
      declared ? best(declared.types, inner, `${path}.${name}`) : [`${path}.${name}: undeclared`],
    )
  }, missing)
}

function best(types: string[], value: unknown, path: string): string[] {
  const tries = types.map((type) => faults(type, value, path)).sort((a, b) => a.length - b.length)
  return tries[0] ?? [`${path}: no type`]
}

describe('the Telegram stand-in against the Bot API 10.1', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ timeScale: 0.001 })
  })
  afterAll(() => world.close())

  const call = async (method: string, params: object): Promise<unknown> => {
    const undeclared = Object.keys(params).filter(
      (name) => !spec.methods[method]?.fields.some((one) => one.name === name),
    )
    expect(undeclared).toEqual([])
    const response = await fetch(`${world.url}/telegram/bot${demoTokens.telegram}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    const answer = z
      .object({ ok: z.boolean(), result: z.unknown(), description: z.string().optional() })
      .parse(await response.json())
    expect(answer.description).toBeUndefined()
    expect(best(spec.methods[method]!.returns, answer.result, method)).toEqual([])
    return answer.result
  }

  test('the check itself sees a wrong value', () => {
    expect(faults('User', { id: 'x', is_bot: false, nonsense: 1 }, 'user')).toEqual([
      'user.first_name: missing',
      'user.id: not Integer',
      'user.nonsense: undeclared',
    ])
  })

  test('every update that a person can cause is an Update', async () => {
    const file = { name: 'a.png', type: 'image/png', base64: 'AAAA' }
    await world.act('telegram', 'anna', { act: 'start', payload: 'x' })
    const { messageIds } = await world.act('telegram', 'anna', { act: 'text', text: 'привет' })
    await world.act('telegram', 'anna', { act: 'text', text: 'ответ', replyTo: messageIds[0]! })
    for (const kind of ['photo', 'voice', 'video', 'document'] as const) {
      await world.act('telegram', 'anna', { act: 'media', kind, files: [file, file], text: 'вот' })
    }
    for (const whose of ['own', 'other', 'forged'] as const)
      await world.act('telegram', 'anna', { act: 'contact', whose })
    await world.act('telegram', 'anna', { act: 'location', latitude: 1, longitude: 2 })
    await world.act('telegram', 'anna', { act: 'edit', messageId: messageIds[0]!, text: 'поправка' })
    const reply_markup = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }
    await call('sendMessage', { chat_id: 70101, text: 'Помогло?', reply_markup })
    const asked = world.view('telegram', 'anna').messages.at(-1)!
    await world.act('telegram', 'anna', { act: 'press', messageId: asked.id, row: 0, column: 0 })
    await world.act('telegram', 'anna', { act: 'block' })
    await world.act('telegram', 'anna', { act: 'unblock' })
    const updates = await call('getUpdates', { limit: 100 })
    expect(updates).toHaveLength(world.telegram.updates().length)
  })

  test('every method returns what the specification says', async () => {
    await world.act('telegram', 'pyotr', { act: 'start' })
    const chat_id = 70102
    await call('getMe', {})
    const sent = z
      .object({ message_id: z.number() })
      .parse(await call('sendMessage', { chat_id, text: 'раз' }))
    await call('editMessageText', { chat_id, message_id: sent.message_id, text: 'два' })
    await call('sendMessage', { chat_id, text: 'ответ', reply_parameters: { message_id: sent.message_id } })
    await call('sendLocation', { chat_id, latitude: 59.9, longitude: 30.3 })
    await call('sendChatAction', { chat_id, action: 'typing' })
    await call('deleteMessage', { chat_id, message_id: sent.message_id })
    await world.act('telegram', 'pyotr', {
      act: 'media',
      kind: 'photo',
      files: [{ name: 'a', type: 'image/png', base64: 'AAAA' }],
    })
    const last = world.telegram.updates().at(-1)!
    const file_id = 'message' in last ? last.message.photo!.at(-1)!.file_id : ''
    await call('sendPhoto', { chat_id, photo: file_id, caption: 'обратно' })
    await call('sendMediaGroup', { chat_id, media: [1, 2].map(() => ({ type: 'photo', media: file_id })) })
    await call('getFile', { file_id })
    await call('setWebhook', {
      url: 'http://127.0.0.1:9/closed',
      secret_token: 's',
      max_connections: 5,
      allowed_updates: ['message'],
    })
    await call('getWebhookInfo', {})
    await call('deleteWebhook', { drop_pending_updates: true })
  })
})
