import type { channelFormRu } from './channel-form-ru.ts'
import type { Translated } from './words.ts'

export const channelFormEn: Translated<typeof channelFormRu> = {
  label: {
    apiBase: 'Address of the API',
    botName: 'Name of the bot',
    mode: 'How messages come',
    sender: 'Sender',
    allowedOrigins: 'Sites that show the chat',
    operator: 'Name of the operator',
    accent: 'Colour',
    radius: 'Rounding, pixels',
    locale: 'Language',
    greeting: { ru: 'Greeting in Russian', en: 'Greeting in English' },
    quickReplies: { ru: 'Quick replies in Russian', en: 'Quick replies in English' },
    address: 'Address of the service',
    name: 'Name of the sender',
    imap: {
      host: 'Receiving (IMAP): server',
      port: 'Receiving: port',
      secure: 'Receiving: TLS from the first byte',
      user: 'Receiving: user',
      mailbox: 'Receiving: folder',
    },
    smtp: {
      host: 'Sending (SMTP): server',
      port: 'Sending: port',
      secure: 'Sending: TLS from the first byte',
      user: 'Sending: user',
    },
    signature: { ru: 'Signature of Russian mails', en: 'Signature of English mails' },
    plusAddresses: 'The server takes plus addresses',
    authservId: 'The server’s name in authentication results',
  },
  hint: {
    botName: 'without @; links are made of it',
    mode: 'Where this server is not seen from outside, fetch',
    sender: 'up to 11 Latin letters and digits, or a number',
    allowedOrigins: 'one a line: https://example.com',
    quickReplies: 'one a line, six at most',
    smtpUser: 'Empty: without signing in',
    plusAddresses: 'support+mark@…: by them replies find their conversation',
    authservId:
      'Your mail server writes it in Authentication-Results; without it SPF, DKIM and DMARC are not shown',
  },
  mode: { webhook: 'the channel sends them', polling: 'we fetch them' },
  secret: {
    token: 'Token',
    webhookSecret: 'Secret of incoming requests',
    imapPassword: 'Password for receiving',
    smtpPassword: 'Password for sending',
    threadKeys: 'Key of the marks in mails',
  },
  ours: 'Made up for you; may be replaced',
  usual: 'usually {{value}}',
  wrong: 'This cannot be used',
}
