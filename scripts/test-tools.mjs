import { existsSync } from 'node:fs'

// Debian package → a file that it brings.
const TOOLS = {
  chromium: '/usr/bin/chromium',
  'dovecot-imapd': '/usr/lib/dovecot/imap',
  'dovecot-lmtpd': '/usr/lib/dovecot/lmtp',
}

/** Names of the Debian packages that the tests need and this machine lacks. */
export function missingTools() {
  return Object.keys(TOOLS).filter((name) => !existsSync(TOOLS[name]))
}
