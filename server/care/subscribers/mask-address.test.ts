import { describe, expect, test } from 'vitest'
import { maskAddress, maskMailbox } from './mask-address.ts'

describe('masking an address', () => {
  test.each([
    ['sms', '79001234567', '+7 900 ***-**-67'],
    ['sms', '+7 900 123-45-67', '+7 900 ***-**-67'],
    ['sms', '375291234567', '+3 *** 67'],
    ['sms', '0611', '***'],
    ['email', 'anna@mail.ru', 'a***@mail.ru'],
    ['email', 'a@mail.ru', 'a***@mail.ru'],
    ['email', '"odd@name"@mail.ru', '"***@mail.ru'],
    ['email', 'nonsense', '***'],
    ['telegram', '@anna_petrova', '@a***a'],
    ['telegram', '123456789', '1***9'],
    ['max', 'anna', 'a***'],
    ['max', 'ян', '***'],
    ['web-chat', '', '***'],
    ['web-chat', '01a21a0e-03ca-7028-be90-d2a47480897e', '***897e'],
  ] as const)('%s %s is shown as %s', (channel, address, shown) => {
    expect(maskAddress(channel, address)).toBe(shown)
  })

  test.each([
    ['anna@mail.ru', 'a***@mail.ru'],
    ['Анна Петрова <anna@mail.ru>', 'Анна Петрова <a***@mail.ru>'],
    ['anna@mail.ru <anna@mail.ru>', 'a***@mail.ru <a***@mail.ru>'],
    ['Анна (anna@mail.ru) <petr@mail.ru>', 'Анна (***@mail.ru) <p***@mail.ru>'],
    ['a <b <anna@mail.ru>', 'a***@mail.ru>'],
    ['Анна <>', 'Анна <***>'],
    ['', ''],
  ])('a mailbox %s is shown as %s', (mailbox, shown) => {
    expect(maskMailbox(mailbox)).toBe(shown)
  })
})
