import { plainOfMarkup, readMarkup } from '../../../contracts/markup.ts'
import { articlePath } from '../../shared/markdown/index.ts'

/** An article in plain words, as it can be sent through any channel; other articles are linked by their address. */
export function answerTextOf(body: string, origin: string): string {
  return plainOfMarkup(readMarkup(body), (link) => {
    if (link.kind === 'article') return `${link.text} (${origin}${articlePath(link.key)})`
    return link.href.startsWith('http') && link.text !== link.href ? `${link.text} (${link.href})` : link.text
  })
}
