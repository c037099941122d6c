import { withLinks } from '../../care/timeline/index.ts'
import { richTextOf } from './rich-text.ts'
import type { TelegramMessage } from './wire.ts'

/** What a message says in words, with the addresses of links that stand behind them. */
export function wordsOf(message: TelegramMessage): string | undefined {
  const { text, caption, entities, caption_entities, rich_message } = message
  const said = text ?? caption
  if (said === undefined) return rich_message && richTextOf(rich_message.blocks)
  const marks = (text === undefined ? caption_entities : entities) ?? []
  return withLinks(
    said,
    marks.flatMap(({ offset, length, url }) => (url === undefined ? [] : [{ from: offset, length, url }])),
  )
}

/** Whose words were passed on, as far as Telegram says. */
export function forwardOf({ forward_origin: origin }: TelegramMessage): { from: string | null } | undefined {
  if (!origin) return undefined
  const { sender_user: user, sender_user_name, sender_chat, chat } = origin
  const person = user && [user.first_name, user.last_name].filter(Boolean).join(' ')
  return { from: person ?? sender_user_name ?? (sender_chat ?? chat)?.title ?? null }
}
