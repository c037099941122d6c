/** What is put where text was cut, so that a reader sees that there was more. */
export const cutMark = ' […]'

/**
 * Text as PostgreSQL and JSON can keep it: NUL and unpaired surrogates become U+FFFD.
 * Everything else, right-to-left marks and emoji included, stays.
 */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD')
}

/**
 * At most `max` UTF-16 units of storable text. A longer one ends with `cutMark`, and a surrogate pair is never halved.
 */
export function cutText(text: string, max: number): { text: string; cut: boolean } {
  if (text.length <= max) return { text: storableText(text), cut: false }
  const end = max - cutMark.length
  const isPairSplit = /[\uD800-\uDBFF]/.test(text.charAt(end - 1))
  return { text: storableText(text.slice(0, isPairSplit ? end - 1 : end)) + cutMark, cut: true }
}

/** One line: control characters and line ends become spaces, so that nothing can add a header or break a list. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
