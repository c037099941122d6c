import type { ImageSize } from './size.ts'

// SOF0–SOF15 without DHT, JPG and DAC (ITU T.81, table B.1).
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const APP1 = 0xe1
/** Exif orientations from here on turn the picture by a quarter. */
const FIRST_QUARTER_TURN = 5

/** Walks the segments of a JPEG to its frame header; a phone's portrait is stored lying and turned by its Exif orientation. */
export function jpegSize(head: Buffer): ImageSize | undefined {
  let orientation = 1
  let at = 2
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) {
      const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)]
      return orientation >= FIRST_QUARTER_TURN ? { width: height, height: width } : { width, height }
    }
    const end = at + 2 + head.readUInt16BE(at + 2)
    if (marker === APP1) orientation = exifOrientation(head.subarray(at + 4, end)) ?? orientation
    at = end
  }
  return undefined
}

/** Tag 0x0112 of the first directory (Exif 2.32, 4.6.4): TIFF behind `Exif\0\0`, in either byte order. */
function exifOrientation(segment: Buffer): number | undefined {
  if (segment.length < 16 || segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = Math.min(u16(directory), 100)
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12
    if (u16(at) === 0x0112) return u16(at + 8)
  }
  return undefined
}
