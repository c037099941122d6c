import type { Highlighted } from '../../../contracts/articles.ts'
import { piecesOf } from '../../shared/markdown/index.ts'

/** A text with what was found in it. */
export function Marked({ part }: { part: Highlighted }) {
  return piecesOf(part).map(({ at, text, hit }) => (hit ? <mark key={at}>{text}</mark> : text))
}
