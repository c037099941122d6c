import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InboundMessage } from '../channel-adapter.ts'
import { maskCards, payloadWithoutCards, withoutCards } from './card-numbers.ts'

const CARD = '4276 1600 1234 5675'
const PLAIN = CARD.replaceAll(' ', '')

/** Digits that begin as given, with the right check digit. */
function aCard(begin: string, length: number, filling: readonly number[]): string {
  const body = (begin + filling.join('')).slice(0, length - 1)
  const sum = (digits: string) =>
    [...digits].reverse().reduce((total, sign, place) => {
      const weighed = Number(sign) * (place % 2 === 1 ? 2 : 1)
      return total + (weighed > 9 ? weighed - 9 : weighed)
    }, 0)
  return body + String((10 - (sum(`${body}0`) % 10)) % 10)
}

const schemes = fc.constantFrom(
  ['4', 16],
  ['2200', 16],
  ['2202', 19],
  ['53', 16],
  ['2221', 16],
  ['34', 15],
  ['62', 17],
  ['9860', 16],
) as fc.Arbitrary<[string, number]>
const cards = fc
  .tuple(schemes, fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }))
  .map(([[begin, length], filling]) => aCard(begin, length, filling))
const separators = fc.constantFrom('', ' ', '-', '\u00a0', ' - ')
const surroundings = fc.constantFrom('', 'карта ', 'Оплатите с ', ', cvv 123 ', ' 12/27 ', '. Спасибо!', '\n')

describe('a payment card number', () => {
  test('is masked to its last four digits, however it is written and whatever stands around it', () => {
    fc.assert(
      fc.property(cards, separators, surroundings, surroundings, (card, separator, before, after) => {
        const written = (card.match(/.{1,4}/g) ?? []).join(separator)
        const masked = maskCards(`${before}${written}${after}`)
        const digits = masked.replace(/\D/g, '')
        expect(digits).not.toContain(card.slice(0, -4))
        expect(digits).toContain(card.slice(-4))
        expect(masked.startsWith(before)).toBe(true)
      }),
    )
  })

  test('keeps its form', () => {
    expect(maskCards(`Спишите с ${CARD}, пожалуйста`)).toBe('Спишите с •••• •••• •••• 5675, пожалуйста')
    expect(maskCards(`${CARD} 12/27 123`)).toBe('•••• •••• •••• 5675 12/27 123')
    expect(maskCards(`1) ${CARD} 2) ${PLAIN}`)).toBe('1) •••• •••• •••• 5675 2) ••••••••••••5675')
    expect(maskCards(CARD.split('').join(' ').replace(/ +/g, ' '))).toBe('• • • • • • • • • • • • 5 6 7 5')
  })

  test.each([
    ['a phone number', '+7 900 123-45-67'],
    ['several phone numbers', '8 900 123-45-67 8 900 765-43-21 8 900 111-22-33'],
    ['the serial of a SIM card', '8970101234567890123'],
    ['the serial of a SIM card in groups', '8970 1012 3456 7890 123'],
    ['the serial of a SIM card that begins like one after its first group', '8970 4276 1600 1234 567'],
    ['a passport', '45 09 123456'],
    ['an account', '40817810500000000001'],
    ['sixteen digits with a wrong check digit', '4276 1600 1234 5678'],
    ['sixteen digits that no scheme begins with', '1111 2222 3333 4444'],
    ['a serial number of a phone', '356938035643809'],
    ['a key', `order_${PLAIN}`],
    ['an instant', '1732536000000'],
  ])('is not seen in %s', (_, text) => {
    expect(maskCards(text)).toBe(text)
  })

  test('is looked for in linear time', () => {
    const started = performance.now()
    for (const text of ['4'.repeat(1_000_000), '4 '.repeat(100_000), '42 - '.repeat(50_000)]) maskCards(text)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

const message = (
  body: Partial<InboundMessage['body']>,
  files: InboundMessage['files'] = [],
): InboundMessage => ({
  kind: 'message',
  key: 'k',
  from: { channelAccountId: 'a', channel: 'email', externalId: 'x', address: 'x' },
  providerAt: null,
  body: { type: 'message', text: '', ...body },
  files,
})
const mail = { subject: 'Оплата', from: 'a@b.example', to: [] }

describe('an event', () => {
  test('without one is stored as it came', () => {
    const event = message({ text: 'Здравствуйте', mail }, [{ name: 'a.txt' }])
    expect(withoutCards(event)).toBe(event)
  })

  test('loses it wherever the person’s words stand', () => {
    const event = message(
      { text: CARD, mail: { ...mail, subject: CARD, quoted: CARD, signature: CARD, html: `<p>${CARD}</p>` } },
      [{ name: `${PLAIN}.png` }],
    )
    const { key, from, providerAt } = event
    const edit = { kind: 'edit', key, from, providerAt, messageId: 'm', text: CARD } as const
    for (const stored of [withoutCards(event), withoutCards(edit)])
      expect(JSON.stringify(stored).replace(/\D/g, '')).not.toContain(PLAIN.slice(0, 12))
    expect(withoutCards(event).body.mail?.html).toBe('<p>•••• •••• •••• 5675</p>')
  })

  test('does without a layout that tears the number apart', () => {
    const html = '<b>4276</b> <b>1600</b> 1234 5675'
    expect(withoutCards(message({ text: CARD, mail: { ...mail, html } })).body.mail?.html).toBeUndefined()
    const other = withoutCards(message({ text: 'привет', mail: { ...mail, html } }))
    expect(other.body.mail?.html).toBe(html)
  })
})

describe('a payload', () => {
  test('without one is kept byte for byte', () => {
    const payload = Buffer.from([0xff, 0x00, 0x7b])
    expect(payloadWithoutCards(payload, false)).toBe(payload)
  })

  test('stays readable JSON, and its names of things stay as they are', () => {
    const payload = `{"id":${PLAIN},"text":"${CARD} \\"да\\" 4276\\u00a01600\\u00a01234\\u00a05675"}`
    const kept = payloadWithoutCards(Buffer.from(payload), true)?.toString() ?? ''
    expect(kept).toContain(`"id":${PLAIN}`)
    expect(JSON.parse(kept).text).toBe('•••• •••• •••• 5675 "да" ••••\u00a0••••\u00a0••••\u00a05675')
  })

  test('that nobody could read loses what stands in it plainly, and nothing else', () => {
    const payload = Buffer.from(`{ not json ${CARD} \xff`, 'latin1')
    const kept = payloadWithoutCards(payload, false)
    expect(kept?.toString('latin1')).toBe('{ not json **** **** **** 5675 \xff')
  })

  test('whose form may hide it is not kept', () => {
    const payload = Buffer.from(`Subject: x\r\n\r\n${Buffer.from(CARD).toString('base64')}`)
    expect(payloadWithoutCards(payload, true)).toBeNull()
  })
})
