import type { Attachment } from '../../../../contracts/entries.ts'

const SHOWN_AS_IMAGE = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** How a file is shown. SVG is a program, not a picture: it is only ever downloaded. */
export function kindOf(mediaType: string): Attachment['kind'] {
  if (SHOWN_AS_IMAGE.has(mediaType)) return 'image'
  if (mediaType.startsWith('audio/')) return 'audio'
  if (mediaType.startsWith('video/')) return 'video'
  return 'file'
}
