import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeMessageId, makeReplyAddress, readMessageId, readReplyAddress } from './own-ids.ts'
import { parseMail } from './parse-mail.ts'
import { threadHeaders, threadMail } from './thread-mail.ts'

const keyOf = (word: string) => createHash('sha256').update(word).digest()
const keys = [keyOf('new')] as const
const laneId = '01938f6e-8a00-7abc-8def-0123456789ab'
const otherLane = '01938f6e-8a00-7abc-8def-0123456789ac'

const threadOf = async (head: string) => threadMail(await parseMail(Buffer.from(`${head}\r\n\r\nx`)), keys)

describe('our marks', () => {
  test('come back as they were made, whatever case hosts give them', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), (lane, seq) => {
        const id = makeMessageId({ laneId: lane, seq }, 'example.ru', keys)
        const address = makeReplyAddress('support@example.ru', lane, keys)
        expect([id, id.toUpperCase()].map((one) => readMessageId(one, keys))).toEqual([
          { laneId: lane, seq },
          { laneId: lane, seq },
        ])
        expect([address, address.toUpperCase()].map((one) => readReplyAddress(one, keys))).toEqual([
          lane,
          lane,
        ])
        expect(address.indexOf('@')).toBeLessThanOrEqual(64)
      }),
    )
  })

  test('cannot be moved to another lane or number, nor made with another key', () => {
    const id = makeMessageId({ laneId, seq: 7 }, 'example.ru', keys)
    const other = makeMessageId({ laneId: otherLane, seq: 7 }, 'example.ru', keys)
    expect(readMessageId(id.replace('.7.', '.8.'), keys)).toBeNull()
    expect(readMessageId(`<o.${other.split('.')[1]}.7.${id.split('.')[3]}`, keys)).toBeNull()
    expect(readMessageId(id, [keyOf('stranger')])).toBeNull()
    const [, token = ''] = makeReplyAddress('support@example.ru', laneId, keys).split('+')
    expect(readReplyAddress(`support+b${token.slice(1)}`, keys)).toBeNull()
    expect(readReplyAddress(`support+${token}`, [keyOf('stranger')])).toBeNull()
  })

  test('made before a change of keys are known after it', () => {
    const id = makeMessageId({ laneId, seq: 1 }, 'example.ru', [keyOf('old')])
    expect(readMessageId(id, [keyOf('new'), keyOf('old')])).toEqual({ laneId, seq: 1 })
  })

  test('are found in no other text', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[a-z2-7]{26}\.\d{1,4}\.[a-z2-7]{13}$/), (text, like) => {
        expect(readMessageId(text, keys)).toBeNull()
        expect(readMessageId(`<o.${like}@example.ru>`, keys)).toBeNull()
        expect(readReplyAddress(text, keys)).toBeNull()
        expect(readReplyAddress(`a+${like.replace(/\.\d+\./, '')}@example.ru`, keys)).toBeNull()
      }),
    )
  })

  test('need room in the address', () => {
    expect(() => makeReplyAddress(`${'a'.repeat(30)}@example.ru`, laneId, keys)).toThrow(RangeError)
  })
})

describe('a received mail', () => {
  const id = makeMessageId({ laneId, seq: 3 }, 'example.ru', keys)
  const later = makeMessageId({ laneId, seq: 9 }, 'example.ru', keys)
  const address = makeReplyAddress('support@example.ru', otherLane, keys)

  test.each([
    ['In-Reply-To', `In-Reply-To: ${id}`, { by: 'message-id', laneId, seq: 3 }],
    [
      'the latest of References',
      `References: <a@b> ${id} ${later} <c@d>`,
      { by: 'message-id', laneId, seq: 9 },
    ],
    [
      'In-Reply-To before References',
      `In-Reply-To: ${id}\r\nReferences: ${later}`,
      { by: 'message-id', laneId, seq: 3 },
    ],
    [
      'a Message-ID before the address',
      `To: ${address}\r\nReferences: ${id}`,
      { by: 'message-id', laneId, seq: 3 },
    ],
    ['the address in To', `To: Support <${address}>`, { by: 'reply-address', laneId: otherLane }],
    ['the address in Cc', `To: x@y.z\r\nCc: ${address}`, { by: 'reply-address', laneId: otherLane }],
    ['the address as delivered', `Delivered-To: ${address}`, { by: 'reply-address', laneId: otherLane }],
    [
      'nothing of ours',
      'In-Reply-To: <a@b>\r\nTo: support+abc@example.ru\r\nSubject: Re: [#123]',
      { by: 'none' },
    ],
  ])('is threaded by %s', async (_, head, thread) => {
    expect(await threadOf(head)).toEqual(thread)
  })
})

describe('the headers of an answer', () => {
  const place = { laneId, seq: 4 }
  const answered = { messageId: '<m@x>', isMessageIdMade: false, references: [], inReplyTo: [] }

  test('continue the thread', () => {
    expect(
      threadHeaders(place, { ...answered, references: ['<r1@x>', '<r2@x>'] }, 'example.ru', keys),
    ).toEqual({
      messageId: makeMessageId(place, 'example.ru', keys),
      inReplyTo: '<m@x>',
      references: ['<r1@x>', '<r2@x>', '<m@x>'],
    })
  })

  test('name at most twenty: the first and the latest', () => {
    const long = Array.from({ length: 30 }, (_, at) => `<r${at}@x>`)
    const { references } = threadHeaders(place, { ...answered, references: long }, 'example.ru', keys)
    expect(references).toHaveLength(20)
    expect([references?.[0], references?.at(-2), references?.at(-1)]).toEqual(['<r0@x>', '<r29@x>', '<m@x>'])
  })

  test('of a first mail, or of an answer to a mail without an identifier, name none', () => {
    expect(Object.keys(threadHeaders(place, null, 'example.ru', keys))).toEqual(['messageId'])
    expect(
      Object.keys(threadHeaders(place, { ...answered, isMessageIdMade: true }, 'example.ru', keys)),
    ).toEqual(['messageId'])
  })
})
