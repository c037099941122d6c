import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mailLimits } from './mail-limits.ts'
import { type ParsedMail, parseMail } from './parse-mail.ts'

const folder = join(import.meta.dirname, '../../../test/fixtures/mail')
const fixtures = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.eml'),
)

const mail = (text: string) => parseMail(Buffer.from(text))

/** What PostgreSQL refuses in text and in jsonb. */
const isStorable = (parsed: ParsedMail) => {
  const { attachments, ...rest } = parsed
  const strings = JSON.stringify([rest, attachments.map(({ bytes: _, ...others }) => others)])
  return !/\\u0000|\\ud[89a-f]/.test(strings)
}

describe('reading a mail', () => {
  test.each(fixtures)('understands %s and gives storable text', async (path) => {
    const parsed = await parseMail(readFileSync(join(folder, path)))
    expect(parsed.messageId).toMatch(/^<\S+>$/)
    expect(isStorable(parsed)).toBe(true)
  })

  test('keeps everything that a conversation needs', async () => {
    const parsed = await mail(
      'From: =?utf-8?B?0JjQstCw0L0=?= <Ivan@xn--80A1acny.RU>\r\nTo: support@Example.ru, "b" <b@example.com>\r\nCc: group: c@d.ru, e@f.ru;\r\n' +
        'Reply-To: other@example.com\r\nSubject: =?koi8-r?B?8NLJ18XU?=\r\nDate: Tue, 24 Nov 2026 10:00:00 +0300\r\nMessage-ID: <a@b>\r\n' +
        'In-Reply-To: <x@y>\r\nReferences: <r1@y> <r2@y>\r\nContent-Type: multipart/related; boundary=b\r\n\r\n' +
        '--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Привет</p><img src="cid:pic">\r\n' +
        '--b\r\nContent-Type: image/png; name="../../etc/п.png"\r\nContent-ID: <pic>\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n--b--\r\n',
    )
    expect(parsed).toMatchObject({
      messageId: '<a@b>',
      isMessageIdMade: false,
      from: { name: 'Иван', address: 'Ivan@xn--80a1acny.ru' },
      to: [{ address: 'support@example.ru' }, { name: 'b', address: 'b@example.com' }],
      cc: [{ address: 'c@d.ru' }, { address: 'e@f.ru' }],
      replyTo: [{ address: 'other@example.com' }],
      subject: 'Привет',
      sentAt: new Date('2026-11-24T07:00:00Z'),
      inReplyTo: ['<x@y>'],
      references: ['<r1@y>', '<r2@y>'],
      text: 'Привет',
      attachments: [{ name: 'п.png', declaredType: 'image/png', contentId: 'pic', inline: true }],
      cuts: [],
    })
    expect([...(parsed.attachments[0]?.bytes ?? [])]).toEqual([1, 2, 3])
  })

  test('makes the same identifier for the same bytes when none is given, and another for others', async () => {
    const [one, again, other] = await Promise.all([
      mail('Subject: a\r\n\r\nHi'),
      mail('Subject: a\r\n\r\nHi'),
      mail('Subject: a\r\n\r\nHo'),
    ])
    expect(one.isMessageIdMade).toBe(true)
    expect(one.messageId).toBe(again.messageId)
    expect(one.messageId).not.toBe(other.messageId)
  })

  test('does not let the lines below a flowed quote become a part of it', async () => {
    const parsed = await mail(
      'Content-Type: text/plain; format="flowed"\r\n\r\n> asked \r\nanswered \r\nat length\r\n',
    )
    expect(parsed.text).toBe('> asked \nanswered at length\n')
  })
})

describe('a mail that means harm', () => {
  test('with NUL bytes and half surrogates becomes storable', async () => {
    const parsed = await mail('Subject: a\0b\r\nX-A: \0\r\nContent-Type: text/html\r\n\r\nx\0&#xD800;y')
    expect(isStorable(parsed)).toBe(true)
    expect(parsed.subject).not.toContain('\0')
  })

  test('has its subject of a million letters cut with a mark', async () => {
    const parsed = await mail(`Subject: ${'ы'.repeat(100_000)}\r\n\r\nx`)
    const million = await mail(`From: a@b.ru\r\nSubject: ${'a'.repeat(1_000_000)}\r\n\r\nx`)
    for (const { subject, cuts } of [parsed, million]) {
      expect(subject).toHaveLength(mailLimits.subjectChars)
      expect(subject).toMatch(/ \[…\]$/)
      expect(cuts).toContain('subject-too-long')
    }
    expect(million.from?.address).toBe('a@b.ru')
  })

  test.each([
    ['a multipart in a multipart, 200 deep', nested(200), 'too-deep-or-headers-too-big'],
    [
      'a million parts',
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(150_000)}`,
      'too-many-parts',
    ],
    ['a million lines', `\r\n\r\n${'x\n'.repeat(1_000_000)}`, 'too-many-lines'],
    ['a million addresses', `To: ${'a@b.c, '.repeat(30_000)}\r\n\r\nx`, 'too-many-addresses'],
    ['a thousand attachments', attached(900), 'too-many-attachments'],
    ['a text of megabytes', `\r\n\r\n${'x'.repeat(3_000_000)}`, 'text-too-long'],
  ])('%s is cut and says so', async (_, text, cut) => {
    expect((await mail(text)).cuts).toContain(cut)
  })

  test('of any bytes is still a mail', async () => {
    const anything = fc.uint8Array({ maxLength: 2_000 })
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => isStorable(await parseMail(bytes))),
      { numRuns: 300 },
    )
  })

  test('made of a broken fixture is still a mail', async () => {
    const whole = fixtures.map((path) => readFileSync(join(folder, path)))
    const broken = fc
      .tuple(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 30 }),
        fc.nat(),
        fc.nat(),
      )
      .map(([source, changes, from, length]) => {
        const bytes = Buffer.from(source)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        return Buffer.concat([
          bytes.subarray(0, from % bytes.length),
          bytes.subarray((from + (length % 50)) % bytes.length),
        ])
      })
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => isStorable(await parseMail(bytes))),
      { numRuns: 300 },
    )
  })
})

function nested(depth: number): string {
  return Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  ).join('')
}

function attached(count: number): string {
  return `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: image/png\r\n\r\nx\r\n'.repeat(count)}--b--`
}
