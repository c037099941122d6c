import { z } from 'zod'
import type { Capabilities } from '../../../contracts/channels.ts'
import {
  type ChannelAccountRow,
  type ChannelAdapter,
  MAX_FILE_BYTES,
  settingsProblems,
} from '../../care/timeline/index.ts'

const Words = z.object({ ru: z.string(), en: z.string() })
const Lists = z.object({ ru: z.array(z.string()).max(6), en: z.array(z.string()).max(6) })

/** How a site's chat looks and speaks, and which sites may show it. */
const WebChatSettingsSchema = z.object({
  /** Origins (`https://example.org`) that may embed the widget. */
  allowedOrigins: z.array(z.url()).default([]),
  operator: z.string().default('Отклик'),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#0F766E'),
  radius: z.number().min(0).max(28).default(16),
  locale: z.enum(['ru', 'en']).default('ru'),
  greeting: Words.default({ ru: 'Здравствуйте! Чем помочь?', en: 'Hello! How can we help?' }),
  quickReplies: Lists.default({ ru: [], en: [] }),
})
export type WebChatSettings = z.infer<typeof WebChatSettingsSchema>

export function webChatSettings(account: ChannelAccountRow): WebChatSettings {
  return WebChatSettingsSchema.parse(account.settings)
}

const ORIGIN = { error: 'must be an origin such as https://example.org, without a path' }
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

/** What may be saved: browsers tell origins, and nothing else would ever fit one. */
const form = WebChatSettingsSchema.extend({
  allowedOrigins: z.array(z.string().refine(isOrigin, ORIGIN)).default([]),
})

/** The sites that may show a chat; none while its settings cannot be read, which must not close the other chats. */
export function sitesOf({ settings }: ChannelAccountRow): readonly string[] {
  return WebChatSettingsSchema.safeParse(settings).data?.allowedOrigins ?? []
}

/** What the visitor's side may send and show. */
export const TEXT_MAX = 8000
export const ATTACHMENTS_MAX = 10
export const ATTACHMENT_MAX_BYTES = Math.min(20 * 1024 * 1024, MAX_FILE_BYTES)

const capabilities: Capabilities = {
  textMax: TEXT_MAX,
  textUnit: 'code-points',
  captionMax: null,
  attachments: { max: ATTACHMENTS_MAX, maxBytes: ATTACHMENT_MAX_BYTES },
  edit: false,
  buttons: { max: 12, payloadMaxBytes: 64 },
  windowHours: null,
  receipts: 'read',
  typing: true,
}

/** The visitor's side fetches by itself: what stands on the lane is sent. */
export const webChatAdapter: ChannelAdapter = {
  kind: 'web-chat',
  checkSettings: (settings) => settingsProblems(form, settings),
  capabilities,
  delivery: 'pull',
  parse: () => {
    throw new Error('a web chat has no payloads: its messages come through the chat operations')
  },
  publicPlace: (account) => sitesOf(account)[0] ?? null,
}
