import type { OpenableKind } from '../../../contracts/channels.ts'

interface ChannelForm {
  /** What a new door of this kind begins with: every setting that is usually needed, to be filled in. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: readonly string[]
}

/** What doors want to know; the server says what is wrong with it. */
export const CHANNEL_FORMS: Readonly<Record<OpenableKind, ChannelForm>> = {
  'web-chat': {
    settings: { allowedOrigins: [], operator: '', accent: '#0F766E', locale: 'ru' },
    secrets: [],
  },
  max: { settings: { botName: '', mode: 'webhook' }, secrets: ['token', 'webhookSecret'] },
  telegram: { settings: { botName: '', mode: 'webhook' }, secrets: ['token', 'webhookSecret'] },
  sms: { settings: { apiBase: '', sender: '' }, secrets: ['token', 'webhookSecret'] },
  email: {
    settings: {
      address: '',
      name: '',
      imap: { host: '', port: 993, secure: true, user: '' },
      smtp: { host: '', port: 465, secure: true, user: '' },
    },
    secrets: ['imapPassword', 'smtpPassword', 'threadKeys'],
  },
}
