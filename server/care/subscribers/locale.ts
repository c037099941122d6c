import type { Locale } from '../../../contracts/primitives.ts'

/** The language of ours that a channel's tag means: `ru-RU` → ru; null = none of ours. */
export function localeOf(tag: string | null | undefined): Locale | null {
  const language = tag?.toLowerCase().split(/[-_]/)[0]
  return language === 'ru' || language === 'en' ? language : null
}
