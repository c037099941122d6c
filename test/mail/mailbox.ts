import type { Dovecot } from './dovecot.ts'
import type { SmtpSink } from './smtp-sink.ts'

export const MAILBOX_SECRETS = {
  imapPassword: 'secret',
  smtpPassword: 'secret',
  threadKeys: 'test-thread-key-of-at-least-32-bytes-1',
} as const

/** Settings of a mailbox between these two servers. */
export function aMailbox(
  dovecot: Pick<Dovecot, 'imapPort'>,
  sink: Pick<SmtpSink, 'port'>,
  more: { user?: string; folder?: string; address?: string } = {},
) {
  const { user = 'support@volna.example', folder = 'INBOX', address = user } = more
  return {
    address,
    name: 'Волна',
    imap: { host: '127.0.0.1', port: dovecot.imapPort, secure: false, user, mailbox: folder },
    smtp: { host: '127.0.0.1', port: sink.port, secure: false },
    authservId: 'mx.volna.example',
    signature: { ru: 'Служба заботы', en: 'Customer care' },
  }
}
