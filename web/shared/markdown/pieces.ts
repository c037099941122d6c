import type { Highlighted } from '../../../contracts/articles.ts'

/** A stretch of a text that was found, or that was not. */
export interface Piece {
  /** Where it begins: its key in a list. */
  readonly at: number
  readonly text: string
  readonly hit: boolean
}

/** A found text as stretches, in order; joined they are the text. */
export function piecesOf({ text, hits }: Highlighted): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  const take = (to: number, hit: boolean) => {
    if (to > end) pieces.push({ at: end, text: text.slice(end, to), hit })
    end = Math.max(end, to)
  }
  for (const { from, to } of hits) {
    take(from, false)
    take(to, true)
  }
  take(text.length, false)
  return pieces
}
