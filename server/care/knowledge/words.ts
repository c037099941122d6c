/** Most people write е for ё: both sides of a comparison do. Keeps every place in the text. */
export const withoutYo = (text: string): string => text.replaceAll('ё', 'е').replaceAll('Ё', 'Е')

export interface Word {
  /** In lower case, with е for ё. */
  readonly text: string
  /** As it stands in the text, in UTF-16 code units. */
  readonly from: number
  readonly to: number
}

/** The words of a text: runs of letters and digits, so that «сим-карта» is two. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    text: withoutYo(word.toLowerCase()),
    from: index,
    to: index + word.length,
  }))
}
