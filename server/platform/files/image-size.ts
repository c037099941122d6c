import { jpegSize } from './jpeg-size.ts'
import type { ImageSize } from './size.ts'

/**
 * Width and height in pixels, as shown, from the head of a PNG, JPEG, GIF or WebP file; undefined for anything else or broken.
 * Reads headers only, never decodes: a picture of a billion pixels costs nothing.
 */
export function imageSize(head: Buffer): ImageSize | undefined {
  const signature = head.toString('latin1', 0, 4)
  const size =
    signature === '\x89PNG'
      ? pngSize(head)
      : signature === 'GIF8'
        ? gifSize(head)
        : signature === 'RIFF'
          ? webpSize(head)
          : signature.startsWith('\xff\xd8')
            ? jpegSize(head)
            : undefined
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

/** PNG (ISO/IEC 15948, 11.2.1): IHDR is the first chunk. */
function pngSize(head: Buffer): ImageSize | undefined {
  if (head.length < 24) return undefined
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

/** GIF89a, 18: the logical screen. */
function gifSize(head: Buffer): ImageSize | undefined {
  if (head.length < 10) return undefined
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
}

/** WebP (RFC 9649): the first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended). */
function webpSize(head: Buffer): ImageSize | undefined {
  if (head.length < 30 || head.toString('latin1', 8, 12) !== 'WEBP') return undefined
  const chunk = head.toString('latin1', 12, 16)
  if (chunk === 'VP8X') return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (chunk === 'VP8 ')
    return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (chunk !== 'VP8L') return undefined
  const bits = head.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
