/** `as-it-is`: into what is being written, answer or note; `note`: for colleagues alone. */
type Where = 'as-it-is' | 'note'
let insert: ((text: string, where: Where) => void) | null = null

/** Adds words to what is being written in the open conversation. */
export const insertIntoComposer = (text: string, where: Where) => insert?.(text, where)

/** The open composer says how words are added; gives the way to withdraw. */
export function offerInsert(how: (text: string, where: Where) => void): () => void {
  insert = how
  return () => {
    if (insert === how) insert = null
  }
}
