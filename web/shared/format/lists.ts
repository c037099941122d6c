import type { Locale } from '../../../contracts/primitives.ts'

/** Words as one says them in a row: a, b and c. */
export function listOf(words: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)
}
