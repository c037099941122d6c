import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { composeMail, type OutgoingMail, type OwnMailbox } from './compose-mail.ts'
import { foldQuotes } from './fold-quotes.ts'
import { headerValues, parseMail } from './parse-mail.ts'
import { recogniseMachine } from './recognise-machine.ts'
import { threadMail } from './thread-mail.ts'

const place = { laneId: '01938f6e-8a00-7abc-8def-0123456789ab', seq: 4 }
const mailbox: OwnMailbox = {
  from: { name: 'Поддержка', address: 'support@example.ru' },
  domain: 'example.ru',
  loopMark: 'otklik-1',
  keys: [createHash('sha256').update('key').digest()],
  takesPlusAddresses: true,
}
const answer: OutgoingMail = {
  place,
  to: [{ name: 'Иван', address: 'ivan@почта.рф' }],
  subject: 'Re: Баланс',
  text: 'Здравствуйте!\n\nБаланс <0 & растёт',
  signature: 'Оператор',
  answered: { messageId: '<m@x>', isMessageIdMade: false, references: ['<r@x>'], inReplyTo: [] },
  quoted: { intro: '22.11.2026, 10:00, Иван пишет:', text: 'Почему?\n> старое' },
  automatic: false,
}

/** What would go over the wire, by nodemailer itself. */
const sent = async (mail: OutgoingMail) => {
  const transport = createTransport({ streamTransport: true, buffer: true })
  const { message, envelope } = await transport.sendMail(composeMail(mail, mailbox))
  return { envelope, parsed: await parseMail(Buffer.from(message as Buffer)) }
}

describe('a mail that leaves', () => {
  test('reads as it was written, on both sides', async () => {
    const { parsed, envelope } = await sent(answer)
    expect(parsed).toMatchObject({
      subject: 'Re: Баланс',
      to: [{ name: 'Иван', address: 'ivan@xn--80a1acny.xn--p1ai' }],
      inReplyTo: ['<m@x>'],
      references: ['<r@x>', '<m@x>'],
    })
    expect(parsed.text.trim()).toBe(
      'Здравствуйте!\n\nБаланс <0 & растёт\n\n-- \nОператор\n\n22.11.2026, 10:00, Иван пишет:\n> Почему?\n>> старое',
    )
    expect(foldQuotes(parsed.text).reply).toBe('Здравствуйте!\n\nБаланс <0 & растёт')
    expect(parsed.html).toContain('Баланс &lt;0 &amp; растёт')
    expect(envelope).toEqual({ from: 'support@example.ru', to: ['ivan@xn--80a1acny.xn--p1ai'] })
  })

  test('finds its place again when it is answered', async () => {
    const { parsed } = await sent(answer)
    const reply = { to: parsed.replyTo, cc: [], headers: [], references: [] }
    expect(threadMail({ ...reply, inReplyTo: [parsed.messageId] }, mailbox.keys)).toEqual({
      by: 'message-id',
      ...place,
    })
    expect(threadMail({ ...reply, inReplyTo: [] }, mailbox.keys)).toEqual({
      by: 'reply-address',
      laneId: place.laneId,
    })
  })

  test('of no person says so and has nobody to return to', async () => {
    const { parsed, envelope } = await sent({ ...answer, automatic: true })
    expect(headerValues(parsed, 'auto-submitted')).toEqual(['auto-replied'])
    expect(headerValues(parsed, 'x-auto-response-suppress')).toEqual(['All'])
    expect(envelope.from || '').toBe('')
    const own = { loopMark: 'otklik-1', addresses: [] }
    expect(recogniseMachine(parsed, own)).toMatchObject({ machine: true })
    expect(recogniseMachine((await sent(answer)).parsed, own)).toEqual({
      machine: true,
      why: 'own-loop-mark',
    })
  })

  test('cannot get a header from its subject, its names or its files', async () => {
    const evil = 'x\r\nBcc: victim@example.com\r\n\r\nbody'
    const { parsed, envelope } = await sent({
      ...answer,
      subject: evil,
      to: [{ name: evil, address: 'ivan@example.ru' }],
      attachments: [{ name: `${evil}.txt`, type: 'text/plain', bytes: Buffer.from('a') }],
    })
    expect(headerValues(parsed, 'bcc')).toEqual([])
    expect(envelope.to).toEqual(['ivan@example.ru'])
    expect(parsed.attachments).toHaveLength(1)
  })

  test('goes to addresses only', () => {
    expect(() => composeMail({ ...answer, to: [] }, mailbox)).toThrow(RangeError)
    expect(() =>
      composeMail({ ...answer, to: [{ name: '', address: 'a@b.ru>, <c@d.ru' }] }, mailbox),
    ).toThrow(RangeError)
  })
})
