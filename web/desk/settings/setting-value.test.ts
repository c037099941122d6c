import { expect, test } from 'vitest'
import { filled, valueAt, withValue } from './setting-value.ts'

const mail = { address: 'care@example.ru', imap: { host: 'mx.example.ru', port: 993 }, kept: { deep: [1] } }

test('a setting is read and changed where it stands; what no form asks for stays', () => {
  expect(valueAt(mail, 'imap.port')).toBe(993)
  expect(valueAt(mail, 'smtp.port')).toBeUndefined()
  expect(withValue(mail, 'imap.port', 143)).toEqual({ ...mail, imap: { host: 'mx.example.ru', port: 143 } })
  expect(withValue({}, 'smtp.host', 'mx')).toEqual({ smtp: { host: 'mx' } })
})

test('what was left empty is not sent, and no places that hold nothing', () => {
  expect(filled({ name: '', imap: { host: '', port: undefined }, on: false, sites: [] })).toEqual({
    on: false,
    sites: [],
  })
})
