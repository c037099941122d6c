/**
 * What the server itself says to people: codes by SMS, invitations of restricted doors, refusals in words. Screens have
 * their own locale files. Both languages are complete: a missing text does not compile.
 */
import { en } from './en.ts'
import { ru } from './ru.ts'

export type MessageKey = keyof typeof ru
const texts: Record<'ru' | 'en', Record<MessageKey, string>> = { ru, en }

/** A text with its `{placeholders}` filled in; unknown ones stay as they are. */
export function textOf(
  locale: 'ru' | 'en',
  key: MessageKey,
  values: Readonly<Record<string, string>> = {},
): string {
  return texts[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
