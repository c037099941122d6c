import { bad } from './errors.ts'
import type { TgContent } from './wire.ts'

/** Longest texts after the markup is taken away, in UTF-16 units (entities are counted in them). */
const textMax = 4096
const captionMax = 1024

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** Text as readers get it: HTML markup is taken away; no entities are made of it, Markdown stays as written. */
function plain(text: string, parseMode: string | undefined): string {
  if (parseMode?.toLowerCase() !== 'html') return text
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot);/g, (whole, name: string) => entities[name] ?? whole)
}

/** Raises 400 for a text that is empty or too long. */
export function checkedText(text: string, parseMode: string | undefined): string {
  const result = plain(text, parseMode).trim()
  if (result === '') throw bad('message text is empty')
  if (result.length > textMax) throw bad('message is too long')
  return result
}

/** Raises 400 for a caption that is too long. */
export function captionOf(caption: string | undefined, parseMode: string | undefined): TgContent {
  const result = plain(caption ?? '', parseMode).trim()
  if (result.length > captionMax) throw bad('message caption is too long')
  return result === '' ? {} : { caption: result }
}

/** A person's text; a command at its beginning is marked, as clients expect. */
export function personText(text: string): TgContent {
  const command = /^\/[a-z0-9_]{1,32}/i.exec(text)?.[0]
  return command ? { text, entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : { text }
}
