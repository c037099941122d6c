import type { Content } from './files.ts'
import { PIECE_BYTES } from './sealed-form.ts'

export interface Piece {
  readonly plain: Buffer
  readonly index: number
  readonly last: boolean
}

/** Cuts content into pieces of equal size; one is held back, because only the end tells which is the last. */
export async function* inPieces(content: Content): AsyncGenerator<Piece> {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let index = 0
  for await (const part of Buffer.isBuffer(content) ? [content] : content) {
    waiting.push(part)
    waitingBytes += part.length
    if (waitingBytes <= PIECE_BYTES) continue
    let rest = Buffer.concat(waiting)
    while (rest.length > PIECE_BYTES) {
      yield { plain: rest.subarray(0, PIECE_BYTES), index, last: false }
      rest = rest.subarray(PIECE_BYTES)
      index += 1
    }
    waiting = [rest]
    waitingBytes = rest.length
  }
  yield { plain: Buffer.concat(waiting), index, last: true }
}
