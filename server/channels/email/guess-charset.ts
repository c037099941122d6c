/** Russian letters, the most frequent first. */
const BY_FREQUENCY = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'
/** In what old programs here write Russian. */
const CYRILLIC = ['windows-1251', 'koi8-r'] as const
const WESTERN = 'windows-1252'
/** Letters from this place on speak against Russian. */
const RARE_FROM = 24
/** Read in the wrong charset a text has letters that hardly occur, capitals within words, and signs that are no letters at all. */
const MISPLACED = -20

/** The name of the charset that bytes are in which name none: told by the letters that come out. */
export function guessCharset(bytes: Uint8Array): string {
  if (isMostlyUtf8(bytes)) return 'utf-8'
  const [best] = CYRILLIC.map((charset) => ({ charset, score: likeness(decode(bytes, charset)) })).toSorted(
    (one, other) => other.score - one.score,
  )
  return best && best.score > 0 ? best.charset : WESTERN
}

/** A text of UTF-8 in which some letters are broken is still one: in no other charset do letters come in such sequences. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = decode(bytes, 'utf-8')
  const broken = text.split('\uFFFD').length - 1
  return (text.match(/[^\0-\x7f]/g)?.length ?? 0) >= 2 * broken
}

/** Also of bytes that were cut anywhere: what is missing at the end is no mistake. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Does anybody know a charset by this name? */
export function isCharset(name: string): boolean {
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

export function decode(bytes: Uint8Array, charset: string): string {
  return new TextDecoder(charset).decode(bytes)
}

/** How much a text is like Russian; 0 or less: not at all. */
function likeness(text: string): number {
  const words = text.match(/[^\s\p{P}\d]+/gu) ?? []
  return words.filter((word) => /[^\0-\x7f]/.test(word)).reduce((sum, word) => sum + likenessOfWord(word), 0)
}

function likenessOfWord(word: string): number {
  const misplaced = word.match(/[а-яё][А-ЯЁ]|[^А-Яа-яЁё]/g)?.length ?? 0
  const letters = [...word.toLowerCase()].reduce((sum, letter) => {
    const place = BY_FREQUENCY.indexOf(letter)
    return place === -1 ? sum : sum + RARE_FROM - place
  }, 0)
  return letters + misplaced * MISPLACED
}
