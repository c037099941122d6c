import { expect, test } from 'vitest'
import { bodyOf } from './mail-body.ts'
import { mailLimits } from './mail-limits.ts'
import { parseMail } from './parse-mail.ts'

const none = { spf: 'none', dkim: 'none', dmarc: 'none' } as const
async function bodyOfMail(headers: readonly string[], text: string) {
  const raw = [...headers, 'Content-Type: text/plain; charset=utf-8', '', text].join('\r\n')
  return bodyOf(
    await parseMail(Buffer.from(raw)),
    none as never,
    { machine: false } as never,
    'help@example.ru',
  )
}

test('a mail that is kept whole says nothing of cuts', async () => {
  const { mail } = await bodyOfMail(
    ['From: anna@example.ru', 'To: help@example.ru', 'Subject: счёт'],
    'Где счёт?',
  )
  expect(mail).not.toHaveProperty('cuts')
})

test.each([
  ['another address', 'Мама <mama@example.ru>', ['Мама <mama@example.ru>']],
  ['the address that it came from, in another case', 'ANNA@example.ru', undefined],
  ['our own', 'help@example.ru', undefined],
  ['several', 'anna@example.ru, b@example.ru, c@example.ru', ['b@example.ru', 'c@example.ru']],
])('a Reply-To that names %s', async (_what, replyTo, told) => {
  const { mail } = await bodyOfMail(
    ['From: anna@example.ru', 'To: help@example.ru', `Reply-To: ${replyTo}`, 'Subject: счёт'],
    'Где счёт?',
  )
  expect(mail?.answerTo).toEqual(told)
})

test.each([
  ['winmail.dat', 'application/ms-tnef', '789f3e22010001', true],
  ['письмо.bin', 'application/octet-stream', '789f3e22010001', true],
  ['winmail.dat', 'application/ms-tnef', '0000', undefined],
])('%s as %s with the bytes %s is for Outlook alone: %s', async (name, type, hex, told) => {
  const part = [
    '--b',
    `Content-Type: ${type}; name="${name}"`,
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment',
    '',
    Buffer.from(hex, 'hex').toString('base64'),
    '--b--',
  ]
  const head = ['From: a@example.ru', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '']
  const mail = await parseMail(Buffer.from([...head, ...part].join('\r\n')))
  const body = bodyOf(mail, none as never, { machine: false } as never, 'help@example.ru')
  expect(body.mail?.outlookOnly).toBe(told)
})

test('what of a mail is not kept is named for its readers', async () => {
  const many = Array.from({ length: 40 }, (_, n) => `a${n}@example.ru`).join(', ')
  const { mail } = await bodyOfMail(
    ['From: anna@example.ru', `To: ${many}`, `Subject: ${'тема '.repeat(mailLimits.subjectChars)}`],
    'слово '.repeat(30_000),
  )
  expect(mail?.cuts).toEqual(['subject', 'text', 'recipients'])
  expect(mail?.to).toHaveLength(20)
})
