import { expect, test } from 'vitest'
import { bodyOf } from './mail-body.ts'
import { mailLimits } from './mail-limits.ts'
import { parseMail } from './parse-mail.ts'

const none = { spf: 'none', dkim: 'none', dmarc: 'none' } as const
async function bodyOfMail(headers: readonly string[], text: string) {
  const raw = [...headers, 'Content-Type: text/plain; charset=utf-8', '', text].join('\r\n')
  return bodyOf(await parseMail(Buffer.from(raw)), none as never, { machine: false } as never)
}

test('a mail that is kept whole says nothing of cuts', async () => {
  const { mail } = await bodyOfMail(
    ['From: anna@example.ru', 'To: help@example.ru', 'Subject: счёт'],
    'Где счёт?',
  )
  expect(mail).not.toHaveProperty('cuts')
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
