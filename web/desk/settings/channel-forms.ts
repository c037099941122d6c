import type { OpenableKind } from '../../../contracts/channels.ts'
import type { channelFormRu } from '../locales/channel-form-ru.ts'

type Labels = (typeof channelFormRu)['label']

/** Where a setting stands: `imap.host`. */
export type SettingPath = {
  [K in keyof Labels]: Labels[K] extends string ? K : `${K}.${keyof Labels[K] & string}`
}[keyof Labels]

export type SecretName = keyof (typeof channelFormRu)['secret']

/** One setting as it is asked for. `usual` is what the server takes when nothing is said. */
export interface SettingField {
  readonly at: SettingPath
  readonly input: 'text' | 'long' | 'lines' | 'number' | 'switch' | 'colour' | 'mode' | 'language' | 'date'
  readonly usual?: string | number | boolean
  /** What stands there when a door is opened, until somebody takes it away: today's date, or these words. */
  readonly atFirst?: 'today' | { readonly words: string }
  readonly hint?: keyof (typeof channelFormRu)['hint']
}

interface ChannelForm {
  readonly fields: readonly SettingField[]
  readonly secrets: readonly SecretName[]
  /** Secrets that nobody gives us: we make them up. */
  readonly ours: readonly SecretName[]
}

const GREETING = { ru: 'Здравствуйте! Чем помочь?', en: 'Hello! How can we help?' }

const BOT: readonly SettingField[] = [
  { at: 'botName', input: 'text', hint: 'botName' },
  { at: 'mode', input: 'mode', usual: 'webhook', hint: 'mode' },
  { at: 'greeting.ru', input: 'text', atFirst: { words: GREETING.ru }, hint: 'greeting' },
  { at: 'greeting.en', input: 'text', atFirst: { words: GREETING.en } },
]

/** What doors want to know; the server says what is wrong with it. */
export const CHANNEL_FORMS: Readonly<Record<OpenableKind, ChannelForm>> = {
  'web-chat': {
    fields: [
      { at: 'allowedOrigins', input: 'lines', hint: 'allowedOrigins' },
      { at: 'operator', input: 'text', usual: 'Отклик' },
      { at: 'accent', input: 'colour', usual: '#0F766E' },
      { at: 'radius', input: 'number', usual: 16 },
      { at: 'locale', input: 'language', usual: 'ru' },
      { at: 'greeting.ru', input: 'text', usual: GREETING.ru },
      { at: 'greeting.en', input: 'text', usual: GREETING.en },
      { at: 'quickReplies.ru', input: 'lines', hint: 'quickReplies' },
      { at: 'quickReplies.en', input: 'lines' },
    ],
    secrets: [],
    ours: [],
  },
  max: {
    fields: [...BOT, { at: 'apiBase', input: 'text', usual: 'https://platform-api2.max.ru' }],
    secrets: ['token', 'webhookSecret'],
    ours: ['webhookSecret'],
  },
  telegram: {
    fields: [...BOT, { at: 'apiBase', input: 'text', usual: 'https://api.telegram.org' }],
    secrets: ['token', 'webhookSecret'],
    ours: ['webhookSecret'],
  },
  sms: {
    fields: [
      { at: 'apiBase', input: 'text' },
      { at: 'sender', input: 'text', hint: 'sender' },
    ],
    secrets: ['token', 'webhookSecret'],
    ours: ['webhookSecret'],
  },
  email: {
    fields: [
      { at: 'address', input: 'text' },
      { at: 'name', input: 'text' },
      { at: 'imap.host', input: 'text' },
      { at: 'imap.port', input: 'number', usual: 993 },
      { at: 'imap.secure', input: 'switch', usual: true },
      { at: 'imap.user', input: 'text' },
      { at: 'imap.mailbox', input: 'text', usual: 'INBOX' },
      { at: 'imap.since', input: 'date', atFirst: 'today', hint: 'since' },
      { at: 'smtp.host', input: 'text' },
      { at: 'smtp.port', input: 'number', usual: 465 },
      { at: 'smtp.secure', input: 'switch', usual: true },
      { at: 'smtp.user', input: 'text', hint: 'smtpUser' },
      { at: 'signature.ru', input: 'long' },
      { at: 'signature.en', input: 'long' },
      { at: 'plusAddresses', input: 'switch', usual: true, hint: 'plusAddresses' },
      { at: 'authservId', input: 'text', hint: 'authservId' },
    ],
    secrets: ['imapPassword', 'smtpPassword', 'threadKeys'],
    ours: ['threadKeys'],
  },
}
