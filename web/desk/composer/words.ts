import type { DraftContent } from './draft-keeper.ts'

/** Words that come back to the field: a message taken back, refused, or a note that was not kept. */
export type ReturnedWords = Pick<DraftContent, 'text' | 'note' | 'attachments'> & {
  readonly laneId: string | null
}

/** Files that one message may carry. */
const MOST_FILES = 10

/**
 * Puts words back before what has been written since. If either was a note, all of it becomes one: words for colleagues never
 * slip into an answer.
 */
export function takeBack(content: DraftContent, words: ReturnedWords): DraftContent {
  const isEmpty = content.text === ''
  return {
    text: isEmpty ? words.text : `${words.text}\n${content.text}`,
    laneId: words.laneId ?? content.laneId,
    note: words.note || (content.note && !isEmpty),
    attachments: [...words.attachments, ...content.attachments].slice(0, MOST_FILES),
  }
}
