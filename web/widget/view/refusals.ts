import type { ChatConfig } from '../../../contracts/chat.ts'
import { fill, type Texts } from '../locales/index.ts'
import { sizeOf } from './dates.ts'

const sameWords: Readonly<Record<string, string>> = {
  database_unavailable: 'unavailable',
  internal: 'unavailable',
  payload_too_large: 'attachment_too_large',
}

/** Whether there is more to say than that it did not work. */
export const hasWords = (texts: Texts, code: string): boolean =>
  texts.refusals[sameWords[code] ?? code] !== undefined

/** Human words for an error code: what is the matter and what happens next. */
export const refusalWords = (texts: Texts, code: string, config: ChatConfig | null): string => {
  const { refusals } = texts
  const words = refusals[sameWords[code] ?? code] ?? refusals.otherwise
  return fill(words, { size: sizeOf(texts, config?.attachmentMaxBytes ?? 20 * 1024 ** 2) })
}
