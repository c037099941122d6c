/** Numbers of four digits or more, however they are grouped, addresses of mail, and words that name a person after what people call it. */
const PERSONAL =
  /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}|\+?\d(?:[\s\u00a0()./-]{0,2}\d){3,}|(?<=(?:меня зовут|моё имя|мое имя|my name is)\s)\p{L}+(?:\s\p{Lu}\p{L}+){0,2}/giu

export interface Hidden {
  readonly hide: (text: string) => string
  readonly reveal: (text: string) => string
}

/** Puts tokens for what is personal, the same for the same, and the words themselves back again. */
export function hidePersonal(): Hidden {
  const tokens = new Map<string, string>()
  const words = new Map<string, string>()
  const tokenOf = (word: string): string => {
    const known = tokens.get(word)
    if (known !== undefined) return known
    const token = `⟦${tokens.size + 1}⟧`
    tokens.set(word, token)
    words.set(token, word)
    return token
  }
  return {
    hide: (text) => text.replace(/[⟦⟧]/g, '').replace(PERSONAL, tokenOf),
    reveal: (text) => text.replace(/⟦\d+⟧/g, (token) => words.get(token) ?? ''),
  }
}
