import type { Attachment } from '../../../../contracts/entries.ts'

/** How a letter is shown. */
export interface LetterLook {
  /** Files of the letter; those that its text names stand in it. */
  readonly files: readonly Pick<Attachment, 'contentId' | 'url' | 'state'>[]
  /** Our own address of a foreign image, by its place; null: foreign images stay out. */
  readonly imageUrl: ((place: number) => string) | null
}

const REMOTE = /<img\b[^>]*? data-remote-src="([^"]*)"[^>]*>/g
const ALT = / alt="([^"]*)"/
const INNER = / src="cid:([^"]*)"/g
const STYLE =
  'body{margin:0;padding:12px;font:14px/1.5 system-ui,sans-serif;color:#23211e;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}' +
  '.image{padding:2px 8px;border:1px dashed #b8b1a7;border-radius:4px;color:#6b655d;font-size:12px}'

/**
 * What browsers are told about a letter. It is rebuilt from an allow-list when it comes in; should anything slip through, nothing runs,
 * nothing is sent and nothing is asked of anybody but us. It keeps our origin (files ask for the session), which is worth nothing to a
 * page without scripts.
 */
export const LETTER_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "img-src 'self' data:",
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/** The page of a letter whose HTML was made safe when it came in. */
export function letterPage(html: string, { files, imageUrl }: LetterLook): string {
  const urls = new Map(
    files.flatMap(({ contentId, url, state }) => (state === 'ready' ? [[contentId, url]] : [])),
  )
  let place = 0
  const body = html
    .replace(INNER, (_, name: string) => sourceOf(urls.get(decodeURIComponent(name))))
    .replace(REMOTE, (image: string, remote: string) =>
      imageUrl
        ? image.replace(` data-remote-src="${remote}"`, sourceOf(imageUrl(place++)))
        : inPlaceOf(image),
    )
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${STYLE}</style></head><body>${body}</body></html>`
}

const sourceOf = (url: string | undefined): string => (url === undefined ? '' : ` src="${url}"`)

/** What is left out says what it would have shown; one that says nothing (a tracking point) leaves no trace. */
function inPlaceOf(image: string): string {
  const [, alt = ''] = ALT.exec(image) ?? []
  return alt.trim() === '' ? '' : `<span class="image">${alt}</span>`
}

/** The address of the foreign image at this place; undefined when there is none. */
export function remoteImageAt(html: string, place: number): string | undefined {
  const found = [...html.matchAll(REMOTE)][place]?.[1]
  return found
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
