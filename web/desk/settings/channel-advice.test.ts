import { expect, test } from 'vitest'
import { adviceFor } from './channel-advice.ts'

test.each([
  ['ENOTFOUND', 'host'],
  ['ECONNREFUSED', 'port'],
  ['timeout', 'port'],
  ['status 404', 'path'],
  ['imap_unreachable', 'mail'],
  ['smtp_login_refused', 'mailPassword'],
  ['private_address', 'inner'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['Forbidden: bot was blocked by the user', null],
])('of %s one looks at: %s', (reason, advice) => {
  expect(adviceFor(reason)).toBe(advice)
})
