import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { foldQuotes } from './fold-quotes.ts'
import { htmlToText } from './html-to-text.ts'
import { parseMail } from './parse-mail.ts'

const folder = join(import.meta.dirname, '../../../test/fixtures/mail')
const expectedSchema = z.record(
  z.string(),
  z.union([z.literal('whole'), z.object({ lastOfReply: z.string(), firstFolded: z.string() })]),
)
const expected = Object.entries(
  expectedSchema.parse(JSON.parse(readFileSync(join(folder, 'expected-replies.json'), 'utf8'))),
)

const textOf = async (path: string) => {
  const raw = readFileSync(join(folder, 'replies', path))
  if (path.endsWith('.eml')) return (await parseMail(raw)).text
  return path.endsWith('.html') ? htmlToText(raw.toString()) : raw.toString()
}

const cutOf = (text: string) => {
  const { reply, parts } = foldQuotes(text)
  const folded = parts.slice(1).flatMap((part) => part.text.split('\n'))
  const firstFolded = folded.find((line) => line.trim() !== '')?.trim()
  return firstFolded === undefined ? 'whole' : { lastOfReply: reply.split('\n').at(-1)?.trim(), firstFolded }
}

test('the mails of other projects are cut where a reader would cut them', async () => {
  const cuts = await Promise.all(
    expected.map(async ([path, cut]) => ({ path, isRight: isEqual(cutOf(await textOf(path)), cut) })),
  )
  const wrong = cuts.filter(({ isRight }) => !isRight).map(({ path }) => path)
  console.log(`quotes folded exactly as expected: ${cuts.length - wrong.length} of ${cuts.length}`, ...wrong)
  expect(cuts.length).toBeGreaterThanOrEqual(85)
  expect(1 - wrong.length / cuts.length).toBeGreaterThanOrEqual(0.97)
})

const old = 'Здравствуйте!\nЧем помочь?'
const oldMarked = '> Здравствуйте!\n> Чем помочь?'

describe.each([
  ['Яндекс Почта', `22.11.2026, 10:00, "Поддержка" <support@example.ru>:\n${old}`],
  [
    'Яндекс Почта with its rule and head',
    `----------------\nКому: support@example.ru (support@example.ru);\nТема: Баланс;\n22.11.2026, 10:00, "Поддержка" <support@example.ru>:\n${old}`,
  ],
  ['a browser of Яндекс', `22.11.2026, 10:00, Поддержка пишет:\n${oldMarked}`],
  ['Mail.ru', `Среда, 5 марта 2025, 12:00 +03:00 от Поддержка <support@example.ru>:\n \n${oldMarked}`],
  ['Mail.ru without marks', `Среда, 5 марта 2025, 12:00 +03:00 от Поддержка <support@example.ru>:\n${old}`],
  ['Gmail', `вс, 22 нояб. 2026 г. в 10:00, Поддержка <support@example.ru>:\n\n${oldMarked}`],
  [
    'Gmail, wrapped',
    `вс, 22 нояб. 2026 г. в 10:00, Служба поддержки абонентов <\nsupport@example.ru>:\n\n${oldMarked}`,
  ],
  [
    'Gmail in English',
    `On Sun, Nov 22, 2026 at 10:00 AM Support <support@example.ru> wrote:\n\n${oldMarked}`,
  ],
  [
    'Outlook',
    `От: Поддержка <support@example.ru>\nОтправлено: 22 ноября 2026 г. 10:00\nКому: Иван\nТема: Баланс\n\n${old}`,
  ],
  [
    'Outlook with its rule',
    `________________________________\nОт: Поддержка <support@example.ru>\nОтправлено: 22 ноября 2026 г. 10:00\nКому: Иван\nТема: Баланс\n\n${old}`,
  ],
  ['old Outlook', `-----Исходное сообщение-----\nFrom: Support\nSent: Sunday\n\n${old}`],
  ['old Outlook in English', `-----Original Message-----\nFrom: Support\n\n${old}`],
  [
    'Mail.ru forwarding',
    `-------- Пересылаемое сообщение --------\nОт кого: Поддержка\nКому: Иван\nДата: 22 ноября\n\n${old}`,
  ],
  ['Apple Mail', `> 22 нояб. 2026 г., в 10:00, Поддержка <support@example.ru> написал(а):\n> \n${oldMarked}`],
  ['iPhone', `22 нояб. 2026 г., в 10:00, Поддержка <support@example.ru> написал(а):\n\n${oldMarked}`],
  ['Thunderbird', `22.11.2026 10:00, Поддержка пишет:\n${oldMarked}`],
])('a reply from %s', (_, quote) => {
  test('shows what the subscriber wrote and folds the rest', () => {
    const { reply, parts } = foldQuotes(`Не работает интернет.\nНомер 89001234567\n\n${quote}`)
    expect(reply).toBe('Не работает интернет.\nНомер 89001234567')
    expect(parts.map(({ kind }) => kind)).toEqual(['reply', 'quoted'])
  })

  test('signed by a telephone shows neither', () => {
    const { reply, parts } = foldQuotes(
      `Спасибо, помогло\n\nОтправлено из мобильной Яндекс Почты\n\n${quote}`,
    )
    expect(reply).toBe('Спасибо, помогло')
    expect(parts.map(({ kind }) => kind)).toEqual(['reply', 'signature', 'quoted'])
  })
})

test.each([
  'Отправлено из мобильной Яндекс Почты',
  '--\nОтправлено из Mail.ru для Android',
  '-- \nИван Петров\n+7 900 123-45-67',
  '--\nИван Петров',
  'С уважением,\nИван Петров',
  'С уважением, Иван',
  'Best regards,\nIvan',
  'Sent from my iPhone',
  'Отправлено с iPhone',
  'Отправлено с моего iPad',
  'Get Outlook for Android<https://aka.ms/AAb9ysg>',
])('the signature «%s» is folded', (signature) => {
  expect(foldQuotes(`Подключите услугу\n\n${signature}\n`)).toMatchObject({
    reply: 'Подключите услугу',
    parts: [{ kind: 'reply' }, { kind: 'signature' }],
  })
})

test.each([
  [
    'answers between the quoted lines',
    '22.11.2026, 10:00, Поддержка пишет:\n> Какой тариф?\nСупер\n> Какой номер?\nда, 9001234567',
  ],
  [
    'an answer below the quote',
    'On Nov 22, 2026, at 10:00, Support <s@example.ru> wrote:\n> Какой номер?\n\n9001234567',
  ],
  ['a quote before and after words', 'Вы писали:\n> баланс 0\nа у меня 100\n> баланс 0\nеще раз проверьте'],
  ['a list of goods', 'Мне нужно:\n\n- сим-карта\n- роутер'],
  ['dates and times', 'Звонил вам:\n22.11.2026 10:00\n23.11.2026 в 11:30\nНикто не ответил'],
  ['an address with a colon', 'Мой адрес <ivan@example.ru>:\nпишите туда'],
  ['a lone «Тема:»', 'Тема: интернет\nне работает'],
  ['direct speech', 'Он сказал:\n\n— Спасибо'],
  ['a sentence about sending', 'Отправлено из отделения 12 марта\n\nгде посылка'],
  ['nothing but a quote', '> Здравствуйте!\n> Чем помочь?'],
  ['nothing but a forwarded mail', '-------- Пересылаемое сообщение --------\nОт кого: a@b.ru\nПривет'],
])('%s stay whole', (_, text) => {
  expect(foldQuotes(text)).toEqual({ reply: text, parts: [{ kind: 'reply', text }] })
})

test('nothing is ever lost: the parts together are the text', () => {
  const line = fc.constantFrom(
    '',
    '> a',
    'On Nov 22, 2026 at 10:00 x <a@b.c> wrote:',
    'текст',
    '-- ',
    'С уважением,',
    'Sent from my iPhone',
    'От: a',
    'Кому: b',
    'Тема: c',
    '_____',
  )
  const text = fc.oneof(
    fc.array(line).map((lines) => lines.join('\n')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (given) => {
      const plain = given.replace(/\r\n?/g, '\n')
      const { parts } = foldQuotes(given)
      expect(parts.map((part) => part.text).join('\n')).toBe(plain)
      expect(parts.length).toBeLessThanOrEqual(10)
    }),
  )
})

test('a hundred thousand quoted lines cost no more than a moment', () => {
  const started = performance.now()
  foldQuotes(`${'> a\n'.repeat(100_000)}${'\n'.repeat(100_000)}> b`)
  expect(performance.now() - started).toBeLessThan(2_000)
})

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
