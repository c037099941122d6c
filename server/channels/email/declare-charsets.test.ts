import { describe, expect, test } from 'vitest'
import { declareCharsets, namesUnknownCharset } from './declare-charsets.ts'
import { guessCharset } from './guess-charset.ts'
import { mailLimits } from './mail-limits.ts'
import { parseMail } from './parse-mail.ts'

const ALPHABET = [...'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя']
/** Nothing on board writes these charsets: what reads them is turned round. */
const writer = (charset: string) => {
  const byLetter = new Map<string, number>()
  for (let byte = 0x80; byte <= 0xff; byte++)
    byLetter.set(new TextDecoder(charset).decode(Uint8Array.of(byte)), byte)
  return (text: string) =>
    Buffer.from([...text].map((letter) => byLetter.get(letter) ?? letter.charCodeAt(0)))
}
const cp1251 = writer('windows-1251')
const koi8 = writer('koi8-r')
const join = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)))

describe('a mail that does not say its charset', () => {
  test.each([
    ['windows-1251', cp1251],
    ['KOI8-R', koi8],
  ])('is read in %s, head and text', async (_, written) => {
    const parsed = await parseMail(
      join(
        'From: "',
        written('Иван Щукин'),
        '" <ivan@mail.example>\r\nSubject: ',
        written('Не приходят СМС'),
        '\r\nContent-Type: text/plain\r\n\r\n',
        written('Здравствуйте!\r\nНе приходят СМС с кодом.\r\n'),
      ),
    )
    expect(parsed).toMatchObject({
      from: { name: 'Иван Щукин', address: 'ivan@mail.example' },
      subject: 'Не приходят СМС',
      text: 'Здравствуйте!\nНе приходят СМС с кодом.\n',
    })
  })

  test('is read though it has no head about its content at all', async () => {
    const parsed = await parseMail(join('From: a@mail.example\r\n\r\n', cp1251('Верните деньги за подписку')))
    expect(parsed.text).toBe('Верните деньги за подписку\n')
  })

  test('is read under quoted-printable and base64, in parts, with the names of files', async () => {
    const words = cp1251('Счёт во вложении, проверьте')
    const quoted = words.toString('latin1').replace(/[\x80-\xff]/g, (letter) => {
      return `=${letter.charCodeAt(0).toString(16).toUpperCase()}`
    })
    for (const [encoding, text] of [
      ['quoted-printable', quoted],
      ['base64', words.toString('base64')],
    ]) {
      const parsed = await parseMail(
        join(
          'From: a@mail.example\r\nContent-Type: multipart/mixed; boundary="=_b"\r\n\r\n--=_b\r\n',
          `Content-Type: text/plain\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${text}\r\n--=_b\r\n`,
          'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="',
          cp1251('Счёт'),
          '.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--=_b--\r\n',
        ),
      )
      expect(parsed.text.trim()).toBe('Счёт во вложении, проверьте')
      expect(parsed.attachments[0]?.name).toBe('Счёт.pdf')
    }
  })

  test('is read where it names one that nobody knows, or says UTF-8 and is not', async () => {
    const said = (charset: string, body: Buffer) =>
      parseMail(join(`From: a@mail.example\r\nContent-Type: text/plain; charset="${charset}"\r\n\r\n`, body))
    expect((await said('x-unknown', Buffer.from('Добрый день'))).text).toBe('Добрый день\n')
    expect((await said('unknown-8bit', cp1251('Добрый день'))).text).toBe('Добрый день\n')
    expect((await said('utf-8', cp1251('Добрый день'))).text).toBe('Добрый день\n')
  })

  test('stays UTF-8 where only some letters of it are broken', async () => {
    const half = Buffer.from([0xed, 0xa0, 0xbd])
    for (const words of ['Добрый день', 'señor, Müller']) {
      const parsed = await parseMail(
        join('From: a@mail.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n', words, half, words),
      )
      expect(parsed.text.replaceAll('\uFFFD', '')).toBe(`${words}${words}\n`)
    }
  })

  test('keeps what it says of its other letters: Western ones stay Western', async () => {
    const body = Buffer.from('Müller, señor, café', 'latin1')
    const parsed = await parseMail(join('From: a@mail.example\r\nContent-Type: text/plain\r\n\r\n', body))
    expect(parsed.text).toBe('Müller, señor, café\n')
  })
})

test('a letter that was cut in two between encoded words is whole again', async () => {
  const bytes = Buffer.from('Привет всем')
  const words = [bytes.subarray(0, 5), bytes.subarray(5, 10), bytes.subarray(10)]
  const subject = words.map((word) => `=?utf-8?B?${word.toString('base64')}?=`).join('\r\n ')
  expect((await parseMail(Buffer.from(`Subject: ${subject}\r\n\r\nx`))).subject).toBe('Привет всем')
})

test.each(['нет', 'ПРИВЕТ', 'Эльф', 'Подъём ёлки', 'СБЕРБАНК Онлайн', 'тариф «Мой онлайн» №5'])(
  'the charset of %s is told by its letters',
  (text) => {
    expect(guessCharset(cp1251(text))).toBe('windows-1251')
    expect(guessCharset(Buffer.from(text))).toBe('utf-8')
    if ([...text].every((letter) => letter < '\x80' || ALPHABET.includes(letter)))
      expect(guessCharset(koi8(text))).toBe('koi8-r')
  },
)

const parts = Array.from({ length: mailLimits.boundaries - 10 }, (_, at) => `--b${at}\r\n`)
test.each([
  [
    'ten thousand parts that never end',
    () => [...parts.map((_, at) => `boundary=b${at}\r\n`), ...parts, cp1251('ы\r\n'.repeat(300_000))],
  ],
  ['megabytes of names of charsets and boundaries', () => ['charset=utf8 boundary=x '.repeat(1_000_000)]],
  [
    'a hundred heads of nothing but broken lines',
    () => [
      'boundary=b\r\n',
      ...Array.from({ length: 100 }, () => join('--b\r\n', cp1251('ы\n'.repeat(100_000)), '\r\n')),
    ],
  ],
])('%s are looked at in no time', (_, made) => {
  const raw = join('Subject: x\r\n\r\n', ...made())
  const began = performance.now()
  expect(namesUnknownCharset(raw)).toBe(false)
  declareCharsets(raw)
  expect(performance.now() - began).toBeLessThan(5_000)
})
