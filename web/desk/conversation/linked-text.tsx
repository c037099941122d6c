import { splitLinks } from '../../shared/links/index.ts'

/** What was written, its web addresses ready to be opened in a window that knows nothing of this one. */
export function LinkedText({ text }: { text: string }) {
  return splitLinks(text).map(({ at, text: words, href }) =>
    href === undefined ? (
      words
    ) : (
      // Letters that look like others are told apart in the address itself.
      <a key={at} href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
        {words}
      </a>
    ),
  )
}
