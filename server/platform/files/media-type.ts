import { fileTypeFromBuffer } from 'file-type'
import { isUtf16, judgeText } from './text-type.ts'

export type MediaKind = 'image' | 'audio' | 'video' | 'file'

/** How many bytes of a file's head are enough to judge it (and to find the size of a picture behind its metadata). */
export const HEAD_BYTES = 256 * 1024

/**
 * The media type of a file by its head. Signatures first; what has none is text of some kind or `application/octet-stream`.
 * SVG and HTML are named as such, because they may carry scripts: they are never shown in place.
 */
export async function judgeMediaType(head: Buffer): Promise<string> {
  if (head.length === 0) return 'application/octet-stream'
  // Before signatures: the mark of UTF-16 is also how some old sound begins.
  if (isUtf16(head)) return judgeText(head)
  const known = await fileTypeFromBuffer(head).catch(() => undefined)
  // Markup by signature (`<?xml`) may be SVG or XHTML: text judges that better.
  if (known && known.mime !== 'application/xml') return known.mime
  return judgeText(head)
}

// What every browser shows without running anything. SVG is not among them.
const SHOWN_IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** How a file is presented; everything but `file` may be shown in place. */
export function kindOf(mediaType: string): MediaKind {
  if (SHOWN_IMAGES.has(mediaType)) return 'image'
  if (mediaType.startsWith('audio/')) return 'audio'
  return mediaType.startsWith('video/') ? 'video' : 'file'
}
