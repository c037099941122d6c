import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anAccount } from '../../../test/conformance/doorstep.ts'
import type { InboundEvent } from '../../care/timeline/index.ts'
import { parseUpdate } from './parse.ts'

const account = anAccount('telegram', {}, { token: '1:a' })
const parse = (update: unknown) => parseUpdate(account, Buffer.from(JSON.stringify(update)))[0]!

const anna = { id: 70101, is_bot: false, first_name: 'Анна', language_code: 'ru' }
const chat = { id: 70101, type: 'private' }
const aMessage = (content: object, more: object = {}) => ({
  update_id: 7,
  message: { message_id: 5, from: anna, chat, date: 1_795_351_803, ...content, ...more },
})

describe('captured updates', () => {
  const folder = path.resolve(import.meta.dirname, '../../../test/fixtures/webhooks/telegram-types')
  const expected: Record<string, object> = {
    edited_message: { kind: 'edit', text: 'hi there (edited)', messageId: '12345678:12345' },
    forwarded_message: { kind: 'message', body: { type: 'message', text: 'message text' } },
    message: {
      kind: 'message',
      key: '128526',
      from: { externalId: '12345678', displayName: 'FirstName LastName', username: 'username', locale: 'ru' },
      providerAt: new Date(1508709711_000),
      body: { type: 'message', text: 'Hi, world!' },
    },
    message_with_audio: { files: [{ declaredType: 'audio/mpeg3', size: 12345678 }] },
    message_with_document: { body: { text: 'doc description' }, files: [{ name: 'test.docx', size: 21331 }] },
    message_with_game: { body: { text: '[game]' } },
    message_with_location: { body: { text: '', location: { latitude: 55.693416, longitude: 37.624605 } } },
    message_with_photo: {
      body: { text: 'photo description' },
      files: [
        { remote: { fileId: 'AgADAgADOagxG8vyeUvsltCem_XPv5A6Sw0ABNXULc5u7jny5VkRAAEC' }, size: 47844 },
      ],
    },
    message_with_sticker: { body: { text: '🛠' } },
    message_with_successful_payment: { kind: 'ignored' },
    message_with_video: { body: { text: 'description' }, files: [{ declaredType: 'video/quicktime' }] },
    message_with_voice: { files: [{ name: 'voice.ogg' }] },
    pre_checkout_query: { kind: 'ignored', why: 'update of kind pre_checkout_query' },
    reply_message: { body: { text: 'Reply to quoted message' }, replyTo: '12345678:12345' },
    shipping_query: { kind: 'ignored' },
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

  test.each(files)('%s says what it says', (name) => {
    const payload = readFileSync(path.join(folder, name))
    const want = expected[name.replace('.json', '')]
    // A bare message without `update_id` is no update.
    if (!want) expect(() => parseUpdate(account, payload)).toThrow()
    else expect(parseUpdate(account, payload)).toMatchObject([want])
  })
})

describe('an update of Telegram', () => {
  test.each([
    ['/start', undefined],
    ['/start one-time_Token', 'one-time_Token'],
    ['/start@otklik_bot one', 'one'],
  ])('%s opens the door', (text, startToken) => {
    const event = parse(aMessage({ text }))
    expect(event).toMatchObject({ kind: 'reachability', reachable: true })
    expect('startToken' in event ? event.startToken : undefined).toBe(startToken)
  })

  test('what was passed on is told as others’ words, and proves nothing', () => {
    const said = (forward_origin: object, content: object = { text: 'Переведите деньги' }) =>
      parse(aMessage({ ...content, forward_origin }))
    const at = { date: 1 }
    expect(said({ type: 'user', ...at, sender_user: { ...anna, first_name: 'Пётр' } })).toMatchObject({
      body: { text: 'Переведите деньги', forwarded: { from: 'Пётр' } },
    })
    expect(said({ type: 'hidden_user', ...at, sender_user_name: 'Аноним' })).toMatchObject({
      body: { forwarded: { from: 'Аноним' } },
    })
    expect(
      said({ type: 'channel', ...at, message_id: 1, chat: { id: -1, type: 'channel', title: 'Новости' } }),
    ).toMatchObject({ body: { forwarded: { from: 'Новости' } } })
    expect(said({ type: 'of the future', ...at })).toMatchObject({ body: { forwarded: { from: null } } })
    const contact = { phone_number: '+7 900 000-01-01', first_name: 'Анна', user_id: anna.id }
    expect(said({ type: 'hidden_user', ...at, sender_user_name: 'x' }, { contact })).toMatchObject({
      sharedContact: { proved: false },
    })
  })

  test('a link that hides behind words is shown', () => {
    const entities = [
      { type: 'bold', offset: 0, length: 3 },
      { type: 'text_link', offset: 3, length: 7, url: 'https://t2-bonus.example/login' },
    ]
    expect(parse(aMessage({ text: '🎁 подарок ждёт', entities }))).toMatchObject({
      body: { text: '🎁 подарок (https://t2-bonus.example/login) ждёт' },
    })
    const edited_message = aMessage({ text: '🎁 подарок ждёт', entities, edit_date: 2 }).message
    expect(parse({ update_id: 8, edited_message })).toMatchObject({
      text: '🎁 подарок (https://t2-bonus.example/login) ждёт',
    })
  })

  test('a rich message says its words, and content that is not known yet is named: neither is lost', () => {
    const rich_message = {
      blocks: [
        { type: 'heading', text: 'Жалоба', size: 2 },
        { type: 'paragraph', text: ['Списали ', { type: 'bold', text: '90 ₽' }, ' за «Гороскоп»'] },
        {
          type: 'list',
          items: [
            { label: '1.', blocks: [{ type: 'paragraph', text: 'вчера' }] },
            {
              label: '2.',
              blocks: [{ type: 'paragraph', text: { type: 'url', text: 'тут', url: 'https://a.example/' } }],
            },
          ],
        },
        { type: 'table', cells: [[{ text: 'дата' }, { text: 'сумма' }]] },
        { type: 'divider' },
        { type: 'photo', photo: [], caption: { text: 'снимок экрана' } },
      ],
    }
    expect(parse(aMessage({ rich_message }))).toMatchObject({
      body: {
        text: 'Жалоба\nСписали 90 ₽ за «Гороскоп»\n1. вчера\n2. тут (https://a.example/)\nдата | сумма\nснимок экрана',
      },
    })
    expect(parse(aMessage({ hologram: {} }))).toMatchObject({ body: { text: '[hologram]' } })
    expect(parse(aMessage({ rich_message: { blocks: [] } }))).toMatchObject({
      body: { text: '[rich_message]' },
    })
    expect(parse(aMessage({ pinned_message: {}, hologram: {} }))).toMatchObject({ kind: 'ignored' })
    expect(parse(aMessage({}))).toMatchObject({ kind: 'ignored' })
  })

  test('a person who blocks or unblocks the bot leaves or opens the door', () => {
    const member = (status: string) => ({
      update_id: 8,
      my_chat_member: { chat, from: anna, date: 1, new_chat_member: { status } },
    })
    expect(parse(member('kicked'))).toMatchObject({ kind: 'reachability', reachable: false })
    expect(parse(member('member'))).toMatchObject({ kind: 'reachability', reachable: true })
  })

  test('a shared number is proved only when Telegram found its account to be the sender', () => {
    const contact = { phone_number: '+7 900 000-01-01', first_name: 'Анна', last_name: 'Ветрова' }
    const shared = (card: object) => {
      const event = parse(aMessage({ contact: card }))
      return event.kind === 'message' ? event.sharedContact : undefined
    }
    expect(shared({ ...contact, user_id: 70101 })).toEqual({
      msisdn: '79000000101',
      name: 'Анна Ветрова',
      proved: true,
    })
    expect(shared({ ...contact, user_id: 70102 })).toMatchObject({ proved: false })
    expect(shared(contact)).toMatchObject({ proved: false })
  })

  test('a pressed button says its title and is named by its callback', () => {
    const keyboard = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }
    const query = { id: '4382bfdwdsb323b2d9', from: anna, data: 'yes' }
    const press = { update_id: 9, callback_query: { ...query, message: { chat, reply_markup: keyboard } } }
    expect(parse(press)).toMatchObject({
      kind: 'message',
      key: 'callback:4382bfdwdsb323b2d9',
      body: { text: 'Да', choice: 'yes' },
    })
    expect(parse({ update_id: 9, callback_query: { ...query, message: { chat, date: 0 } } })).toMatchObject({
      body: { text: 'yes', choice: 'yes' },
    })
  })

  test('parts of an album, an edit of one and a reply to one name the album', () => {
    const photo = [{ file_id: 'a', width: 1, height: 1 }]
    const part = { photo, caption: 'раз', media_group_id: '139' }
    expect(parse(aMessage(part))).toMatchObject({ album: '139' })
    const { message } = aMessage({ ...part, caption: 'два' }, { edit_date: 2 })
    expect(parse({ update_id: 8, edited_message: message })).toMatchObject({
      kind: 'edit',
      messageId: 'album:139',
      text: 'два',
    })
    expect(parse(aMessage({ text: 'к тому' }, { reply_to_message: message }))).toMatchObject({
      replyTo: 'album:139',
    })
  })

  test('an edit names all files of the message by what they are', () => {
    const document = { file_id: 'b', file_unique_id: 'unique-b', file_name: 'паспорт.pdf' }
    const { message } = aMessage({ document }, { edit_date: 2 })
    expect(parse({ update_id: 8, edited_message: message })).toMatchObject({
      kind: 'edit',
      text: '',
      files: [{ name: 'паспорт.pdf', channelFile: 'unique-b', remote: { fileId: 'b' } }],
    })
  })

  test.each([
    ['a group', aMessage({ text: 'а' }, { chat: { id: -100, type: 'supergroup' } })],
    ['a bot', aMessage({ text: 'а' }, { from: { ...anna, is_bot: true } })],
    ['a service message', aMessage({ pinned_message: {} })],
    [
      'a moving location',
      { update_id: 7, edited_message: aMessage({ location: { latitude: 1, longitude: 2 } }).message },
    ],
    ['an unknown kind', { update_id: 7, message_reaction: {} }],
    ['nothing', { update_id: 7 }],
  ])('%s is ignored', (_what, update) => {
    expect(parse(update).kind).toBe('ignored')
  })

  test.each(['', '{', 'null', '[]', '{}', '{"update_id":1,"message":{"message_id":1}}'])(
    '%j is malformed',
    (text) => {
      expect(() => parseUpdate(account, Buffer.from(text))).toThrow()
    },
  )

  test('identifiers beyond 2^53 lose no digit', () => {
    const text = JSON.stringify(aMessage({ text: 'а' })).replaceAll('70101', '9007199254740993')
    expect(parseUpdate(account, Buffer.from(text))).toMatchObject([
      { from: { externalId: '9007199254740993' } },
    ])
  })

  test('a text of a million characters, NUL and half a character are read as they came', () => {
    const text = `${'щ'.repeat(1_000_000)}\u0000\ud800`
    const event = parse(aMessage({ text })) as Extract<InboundEvent, { kind: 'message' }>
    expect(event.body.text).toBe(text)
  })

  test('whatever comes either throws or gives events', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          expect(parse({ update_id: 1, message: value }).kind).toBeTypeOf('string')
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })
})
