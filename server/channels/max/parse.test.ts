import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anAccount } from '../../../test/conformance/doorstep.ts'
import { contactHash, vcfOf } from '../../../world/index.ts'
import type { InboundEvent } from '../../care/timeline/index.ts'
import { parseUpdate } from './parse.ts'

const TOKEN = 'max-token'
const account = anAccount('max', {}, { token: TOKEN })
const parse = (update: unknown) => parseUpdate(account, Buffer.from(JSON.stringify(update)))[0]!

const anna = { user_id: 70101, first_name: 'Анна', last_name: 'Ветрова', username: null, is_bot: false }
const recipient = { chat_id: 5, chat_type: 'dialog', user_id: 9 }
const at = 1_795_351_803_123
const aMessage = (body: object | null, more: object = {}) => ({
  sender: anna,
  recipient,
  timestamp: at,
  body: body && { mid: 'mid.1', seq: 1_795_351_803_123_456, text: null, attachments: null, ...body },
  ...more,
})
const created = (message: object) => ({
  update_type: 'message_created',
  timestamp: at,
  user_locale: 'ru',
  message,
})

describe('an update of MAX', () => {
  test('a message says who, when and what', () => {
    expect(parse(created(aMessage({ text: 'Привет' })))).toEqual({
      kind: 'message',
      key: 'mid.1',
      messageId: 'mid.1',
      from: {
        channelAccountId: account.id,
        channel: 'max',
        externalId: '70101',
        address: '70101',
        displayName: 'Анна Ветрова',
        locale: 'ru',
      },
      providerAt: new Date(at),
      body: { type: 'message', text: 'Привет' },
    })
  })

  test('attachments become files, a place, a link; one of an unknown kind does not cost the message', () => {
    const payload = { url: 'https://i.oneme.ru/1', token: 't', photo_id: 9_007_199_254_740_993n.toString() }
    const attachments = [
      { type: 'image', payload },
      { type: 'video', payload },
      { type: 'audio', payload },
      { type: 'file', payload, filename: 'счёт.pdf', size: 12 },
      { type: 'hologram', payload: {} },
    ]
    const event = parse(created(aMessage({ text: 'вот', attachments }))) as Extract<
      InboundEvent,
      { kind: 'message' }
    >
    expect(event.files).toMatchObject([
      { name: 'photo.jpg', remote: { url: payload.url } },
      { name: 'video.mp4', remote: { url: payload.url, videoToken: 't' } },
      { name: 'voice.ogg' },
      { name: 'счёт.pdf', size: 12 },
    ])
    expect(event.body.text).toBe('вот')
    const only = (attachment: object) => parse(created(aMessage({ attachments: [attachment] })))
    expect(only({ type: 'hologram' })).toMatchObject({ body: { text: '[hologram]' } })
    expect(only({ type: 'share', payload: { url: 'https://a.example' } })).toMatchObject({
      body: { text: 'https://a.example' },
    })
    expect(only({ type: 'location', latitude: 1, longitude: 2 })).toMatchObject({
      body: { location: { latitude: 1, longitude: 2 } },
    })
  })

  test('a shared number is proved by its hash, and only when its owner sends it', () => {
    const vcf = vcfOf({ firstName: 'Анна', lastName: 'Ветрова', msisdn: '79000000101' })
    const shared = (payload: object) => {
      const event = parse(
        created(aMessage({ attachments: [{ type: 'contact', payload: { vcf_info: vcf, ...payload } }] })),
      )
      return event.kind === 'message' ? event.sharedContact : undefined
    }
    const hash = contactHash(vcf, TOKEN)
    expect(shared({ hash, max_info: anna })).toEqual({
      msisdn: '79000000101',
      name: 'Анна Ветрова',
      proved: true,
    })
    expect(shared({ hash, max_info: { ...anna, user_id: 70102 } })).toMatchObject({ proved: false })
    expect(shared({ hash, max_info: null })).toMatchObject({ proved: false })
    expect(shared({ hash: contactHash(vcf, 'another'), max_info: anna })).toMatchObject({ proved: false })
    expect(shared({ hash: null, max_info: anna })).toMatchObject({ proved: false })
    expect(shared({ hash, max_info: anna, vcf_info: vcf.replace('101', '102') })).toMatchObject({
      proved: false,
    })
  })

  test('what was forwarded stands below own words, and proves nothing', () => {
    const vcf = vcfOf({ firstName: 'Анна', lastName: '', msisdn: '79000000101' })
    const card = {
      type: 'contact',
      payload: { vcf_info: vcf, hash: contactHash(vcf, TOKEN), max_info: anna },
    }
    const link = { type: 'forward', message: { mid: 'mid.0', seq: 1, text: 'чужое', attachments: [card] } }
    expect(parse(created(aMessage({ text: 'моё' }, { link })))).toMatchObject({
      body: { text: 'моё\n\nчужое', forwarded: { from: null } },
    })
    const told = { ...link, sender: { ...anna, first_name: 'Пётр' } }
    expect(parse(created(aMessage(null, { link: told })))).toMatchObject({
      body: { text: 'чужое', forwarded: { from: 'Пётр Ветрова' } },
    })
    const bare = parse(created(aMessage(null, { link })))
    expect(bare).toMatchObject({ key: `forward:70101:${at}:mid.0`, body: { text: 'чужое' } })
    expect(bare).not.toHaveProperty('sharedContact')
  })

  test('a link that hides behind words is shown', () => {
    const markup = [
      { type: 'strong', from: 0, length: 2 },
      { type: 'link', from: 0, length: 2, url: 'https://a.example/' },
    ]
    expect(parse(created(aMessage({ text: 'да!', markup })))).toMatchObject({
      body: { text: 'да (https://a.example/)!' },
    })
  })

  test('an answer names what it answers', () => {
    const link = { type: 'reply', message: { mid: 'mid.0', seq: 1, text: 'а', attachments: null } }
    expect(parse(created(aMessage({ text: 'да' }, { link })))).toMatchObject({
      replyTo: 'mid.0',
      body: { text: 'да' },
    })
  })

  test('an edit names all files of the message by what they are', () => {
    const attachments = [
      { type: 'image', payload: { photo_id: 77, token: 't', url: 'https://i.example/1' } },
      { type: 'file', filename: 'счёт.pdf', size: 3, payload: { token: 'f', url: 'https://i.example/2' } },
    ]
    const message = aMessage({ text: null, attachments })
    expect(parse({ update_type: 'message_edited', timestamp: at, message })).toMatchObject({
      kind: 'edit',
      text: '',
      files: [{ channelFile: '77' }, { name: 'счёт.pdf', channelFile: 'f' }],
    })
    const bare = aMessage({ text: 'без файла', attachments: [] })
    expect(parse({ update_type: 'message_edited', timestamp: at, message: bare })).toMatchObject({
      files: [],
    })
  })

  test('edits and removals have names of their own that a repeat repeats', () => {
    const edited = { update_type: 'message_edited', timestamp: at + 1, message: aMessage({ text: 'иначе' }) }
    expect(parse(edited)).toMatchObject({
      kind: 'edit',
      key: `edited:mid.1:${at + 1}`,
      messageId: 'mid.1',
      text: 'иначе',
    })
    const removed = {
      update_type: 'message_removed',
      timestamp: at + 2,
      message_id: 'mid.1',
      chat_id: 5,
      user_id: 70101,
    }
    expect(parse(removed)).toMatchObject({
      kind: 'deletion',
      key: `removed:mid.1:${at + 2}`,
      messageId: 'mid.1',
    })
    expect(parse({ ...removed, chat_id: -5 })).toMatchObject({ kind: 'ignored' })
  })

  test('a pressed button says its title; of a deleted message, its payload', () => {
    const buttons = [[{ type: 'callback', text: 'Да', payload: 'yes' }]]
    const callback = { timestamp: at, callback_id: 'cb1', payload: 'yes', user: anna }
    const message = aMessage({ attachments: [{ type: 'inline_keyboard', payload: { buttons } }] })
    const press = { update_type: 'message_callback', timestamp: at, callback }
    expect(parse({ ...press, message })).toMatchObject({
      key: 'callback:cb1',
      body: { text: 'Да', choice: 'yes' },
    })
    expect(parse({ ...press, message: null })).toMatchObject({ body: { text: 'yes', choice: 'yes' } })
  })

  test('starting and stopping the bot opens and leaves the door', () => {
    const started = { update_type: 'bot_started', timestamp: at, chat_id: 5, user: anna, payload: 'token' }
    expect(parse(started)).toMatchObject({ kind: 'reachability', reachable: true, startToken: 'token' })
    expect(parse({ ...started, payload: null })).not.toHaveProperty('startToken')
    expect(parse({ ...started, update_type: 'bot_stopped' })).toMatchObject({ reachable: false })
  })

  test.each([
    ['a chat', created(aMessage({ text: 'а' }, { recipient: { ...recipient, chat_type: 'chat' } }))],
    ['a bot', created(aMessage({ text: 'а' }, { sender: { ...anna, is_bot: true } }))],
    ['nobody', created(aMessage({ text: 'а' }, { sender: null }))],
    [
      'an unknown kind',
      { update_type: 'dialog_muted', timestamp: at, chat_id: 5, user: anna, muted_until: 1 },
    ],
  ])('%s is ignored', (_what, update) => {
    expect(parse(update).kind).toBe('ignored')
  })

  test.each(['', '{', 'null', '{}', '{"update_type":"message_created","timestamp":1}'])(
    '%j is malformed',
    (text) => {
      expect(() => parseUpdate(account, Buffer.from(text))).toThrow()
    },
  )

  test('identifiers of 64 bits lose no digit', () => {
    const text = JSON.stringify(created(aMessage({ text: 'а' }))).replaceAll('70101', '9223372036854775807')
    expect(parseUpdate(account, Buffer.from(text))).toMatchObject([
      { from: { externalId: '9223372036854775807' } },
    ])
  })

  test('a text of a million characters, NUL and half a character are read as they came', () => {
    const text = `${'щ'.repeat(1_000_000)}\u0000\ud800`
    expect(parse(created(aMessage({ text })))).toMatchObject({ body: { text } })
  })

  test('whatever comes either throws or gives events', () => {
    const kind = fc.constantFrom(
      'message_created',
      'message_edited',
      'message_removed',
      'message_callback',
      'bot_started',
    )
    fc.assert(
      fc.property(kind, fc.jsonValue(), (update_type, message) => {
        try {
          expect(parse({ update_type, timestamp: 1, message }).kind).toBeTypeOf('string')
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })
})
