import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { demoTokens, startWorld, type World } from '../index.ts'

/** The OpenAPI document as ajv takes it: `nullable` and `discriminator` in JSON Schema's words, three known slips mended. */
function schemas(): Record<string, unknown> {
  const file = join(import.meta.dirname, '../../test/fixtures/openapi/max-bot-api-0.0.32.json')
  const document = z
    .object({ components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }) })
    .parse(JSON.parse(readFileSync(file, 'utf8')))
  const all = document.components.schemas
  // The schema lists "chat" alone, its text and the service say "dialog" too; a body has no `link`, its message has;
  // `attachments` is required by the schema and marked `required: false` inside.
  Object.assign(all.ChatType!, { enum: ['chat', 'dialog', 'channel'] })
  Object.assign(all.MessageBody!, { required: ['mid', 'seq', 'text'] })
  for (const name of ['Attachment', 'Update', 'Button']) all[`Any${name}`] = anyOf(name, all[name]!)
  return z.record(z.string(), z.unknown()).parse(rewrite(all))
}

/** One of the kinds that the discriminator of a base schema names. */
function anyOf(name: string, base: Record<string, unknown>): Record<string, unknown> {
  const kinds = z
    .object({ propertyName: z.string(), mapping: z.record(z.string(), z.unknown()) })
    .parse(base.discriminator)
  // "Not of this kind, or as this kind demands": an implication.
  const cases = Object.entries(kinds.mapping).map(([kind, target]) => ({
    anyOf: [
      { not: { properties: { [kinds.propertyName]: { const: kind } } } },
      { $ref: typeof target === 'string' ? target : z.object({ $ref: z.string() }).parse(target).$ref },
    ],
  }))
  const known = { [kinds.propertyName]: { enum: Object.keys(kinds.mapping) } }
  return {
    description: `any ${name}`,
    type: 'object',
    required: [kinds.propertyName],
    properties: known,
    allOf: cases,
  }
}

function rewrite(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewrite)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, discriminator: _, ...rest } = node as Record<string, unknown>
  if (typeof rest.required === 'boolean') delete rest.required
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, rewrite(value)]))
  const items = copy.items
  if (typeof items === 'object' && items !== null && '$ref' in items)
    copy.items = { $ref: polymorphic(String(items.$ref)) }
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy
}
const polymorphic = (ref: string): string => ref.replace(/\/(Attachment|Update|Button)$/, '/Any$1')

describe('answers of the MAX stand-in against the OpenAPI schemas', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  let world: World
  beforeAll(async () => {
    ajv.addSchema({ $id: 'max', components: { schemas: schemas() } })
    world = await startWorld({ timeScale: 0.001 })
  })
  afterAll(() => world.close())

  const check = (name: string, value: unknown): void => {
    const validate = ajv.getSchema(`max#/components/schemas/${name}`)
    if (!validate) throw new Error(`no schema ${name}`)
    validate(value)
    expect(validate.errors ?? [], JSON.stringify(value)).toEqual([])
  }
  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: ReturnType<typeof JSON.parse> }> => {
    const init: RequestInit = {
      method,
      headers: { authorization: demoTokens.max, 'content-type': 'application/json' },
    }
    if (body === undefined) init.headers = { authorization: demoTokens.max }
    else init.body = JSON.stringify(body)
    const response = await fetch(`${world.url}/max${path}`, init)
    return { status: response.status, json: await response.json() }
  }

  test('the check itself sees a wrong answer', () => {
    const validate = ajv.getSchema('max#/components/schemas/AnyUpdate')
    expect(validate?.({ update_type: 'message_created', timestamp: 1, message: { body: {} } })).toBe(false)
    expect(validate?.({ update_type: 'nothing', timestamp: 1 })).toBe(false)
  })

  test('every update that a person can cause', async () => {
    const file = { name: 'a.png', type: 'image/png', base64: 'AAAA' }
    await world.act('max', 'anna', { act: 'start', payload: 'x' })
    const { messageIds } = await world.act('max', 'anna', { act: 'text', text: 'привет' })
    await world.act('max', 'anna', { act: 'text', text: 'ответ', replyTo: messageIds[0]! })
    for (const kind of ['photo', 'voice', 'video', 'document'] as const) {
      await world.act('max', 'anna', { act: 'media', kind, files: [file, file], text: 'вот' })
    }
    for (const whose of ['own', 'other', 'forged'] as const)
      await world.act('max', 'anna', { act: 'contact', whose })
    await world.act('max', 'anna', { act: 'location', latitude: 1, longitude: 2 })
    await world.act('max', 'anna', { act: 'edit', messageId: messageIds[0]!, text: 'поправка' })
    await world.act('max', 'anna', { act: 'delete', messageId: messageIds[0]! })
    const buttons = [[{ type: 'callback', text: 'Да', payload: 'yes' }]]
    const keyboard = { type: 'inline_keyboard', payload: { buttons } }
    const asked = await call('POST', '/messages?user_id=70101', { text: 'Помогло?', attachments: [keyboard] })
    await world.act('max', 'anna', {
      act: 'press',
      messageId: asked.json.message.body.mid,
      row: 0,
      column: 0,
    })
    await world.act('max', 'anna', { act: 'block' })
    await world.act('max', 'anna', { act: 'unblock' })

    const { json } = await call('GET', '/updates?marker=0&timeout=0')
    expect(new Set(world.max.updates().map((one) => one.update_type))).toEqual(
      new Set([
        'bot_started',
        'message_created',
        'message_edited',
        'message_removed',
        'message_callback',
        'bot_stopped',
      ]),
    )
    expect(json.updates).toHaveLength(world.max.updates().length)
    check('UpdateList', json)
    for (const update of json.updates) check('AnyUpdate', update)
  })

  test('every answer of a method', async () => {
    await world.act('max', 'pyotr', { act: 'start' })
    check('BotInfo', (await call('GET', '/me')).json)
    const upload = await call('POST', '/uploads?type=file')
    check('UploadEndpoint', upload.json)
    const form = new FormData()
    form.append('data', new Blob(['счёт']), 'счёт.txt')
    const { token } = (await (await fetch(upload.json.url, { method: 'POST', body: form })).json()) as {
      token: string
    }
    check('UploadedInfo', { token })
    const attachments = [{ type: 'file', payload: { token } }]
    const send = () => call('POST', '/messages?user_id=70102', { text: 'Счёт', attachments })
    const sent = await vi.waitFor(async () => {
      const answer = await send()
      if (answer.status === 400) expect(answer.json.code).toBe('attachment.not.ready')
      expect(answer.status).toBe(200)
      return answer
    })
    check('SendMessageResult', sent.json)
    const { mid } = sent.json.message.body
    const { chat_id } = sent.json.message.recipient
    check('Message', (await call('GET', `/messages/${mid}`)).json)
    check('MessageList', (await call('GET', `/messages?chat_id=${chat_id}`)).json)
    check('MessageList', (await call('GET', `/messages?message_ids=${mid}`)).json)
    check(
      'SimpleQueryResult',
      (await call('PUT', `/messages?message_id=${mid}`, { text: 'Счёт за ноябрь' })).json,
    )
    check(
      'SimpleQueryResult',
      (await call('POST', `/chats/${chat_id}/actions`, { action: 'typing_on' })).json,
    )
    check('SimpleQueryResult', (await call('DELETE', `/messages?message_id=${mid}`)).json)
    const hook = { url: 'https://bot.example/hook', secret: 'secret-1', update_types: ['message_created'] }
    check('SimpleQueryResult', (await call('POST', '/subscriptions', hook)).json)
    check('GetSubscriptionsResult', (await call('GET', '/subscriptions')).json)
    const refused = await call('GET', '/updates')
    expect(refused.status).toBe(405)
    check('Error', refused.json)
    check('SimpleQueryResult', (await call('DELETE', '/subscriptions?url=https://bot.example/hook')).json)
  })

  test('every refusal has the shape of Error', async () => {
    await world.act('max', 'timur', { act: 'start' })
    const send = (body: unknown) => call('POST', '/messages?user_id=70104', body)
    const many = Array.from({ length: 8 }, () => ({ type: 'callback', text: 'x', payload: 'x' }))
    const file = { type: 'file', payload: { token: 'unknown' } }
    const refused = await Promise.all([
      send({ text: 'ы'.repeat(4001) }),
      send({}),
      send({ text: 'x', attachments: [{ type: 'inline_keyboard', payload: { buttons: [many] } }] }),
      send({ text: 'x', attachments: [file] }),
      send({ text: 'x', attachments: [file, file] }),
      call('POST', '/messages', { text: 'x' }),
      call('POST', '/messages?chat_id=5', { text: 'x' }),
      call('POST', '/subscriptions', { url: 'http://bot.example/hook' }),
      call('POST', '/subscriptions', { url: 'https://bot.example/hook', secret: '123' }),
      call('POST', '/answers?callback_id=unknown', {}),
      call('GET', '/messages/mid.unknown'),
      call('GET', '/no-such-method'),
    ])
    for (const { status, json } of refused) {
      expect(status).toBeGreaterThanOrEqual(400)
      check('Error', json)
    }
  })
})
