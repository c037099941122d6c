/**
 * A name as it is compared: lower case, ё as е, letters only, words in the order of the alphabet, so that «Пётр Иванов» and
 * «ИВАНОВ Петр» are alike. Null where nothing is left to compare.
 */
export function nameKey(name: string | undefined | null): string | null {
  const words =
    (name ?? '')
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/\p{L}+/gu) ?? []
  return words.length === 0 ? null : [...words].sort().join(' ')
}

/** A single word (Anna, Мама, Shop) says too little to be likeness by itself. */
export const tellsApart = (key: string): boolean => key.includes(' ')
