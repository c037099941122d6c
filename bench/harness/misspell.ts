const RATE = 0.25
const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю'

/** A text with one slip in about a quarter of its words: a letter missing, added, replaced, or two neighbours exchanged. Same text, same slips. */
export function misspelt(text: string, seed: number): string {
  const random = randomFrom(seed + 1)
  return text
    .split(' ')
    .map((word) => (word.length > 1 && random() < RATE ? slip(word, random) : word))
    .join(' ')
}

function slip(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length)
  const letters = /[а-яё]/i.test(word) ? 'абвгдежзийклмнопрстуфхцчшщъыьэюя' : 'abcdefghijklmnopqrstuvwxyz'
  const letter = letters[Math.floor(random() * letters.length)] ?? ''
  const [before, after] = [word.slice(0, at), word.slice(at + 1)]
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + after
    case 1:
      return before + letter + word.slice(at)
    case 2:
      return before + letter + after
    default: {
      const first = Math.min(at, word.length - 2)
      return word.slice(0, first) + (word[first + 1] ?? '') + (word[first] ?? '') + word.slice(first + 2)
    }
  }
}

/** A text as it comes out when the other keyboard layout is on. */
export function inOtherKeys(text: string): string {
  const [from, to] = /[а-яё]/i.test(text) ? [CYRILLIC, LATIN] : [LATIN, CYRILLIC]
  return [...text.toLowerCase()].map((sign) => to[from.indexOf(sign)] ?? sign).join('')
}

function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return ((state >>> 8) & 0xffffff) / 0x1000000
  }
}
