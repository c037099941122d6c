/** Enough to read a document that was photographed; phones take three times as much. */
const LONGEST_SIDE = 2_560
const QUALITY = 0.85
/** Screenshots are sharp and light as they are. */
const PNG_BYTES = 1024 ** 2
/** Where a JPEG tells of itself: before its picture. */
const HEAD_BYTES = 128 * 1024

interface Size {
  readonly width: number
  readonly height: number
}

/** Pictures that a camera makes. Those that may move, or are drawn by rules, stay as they are. */
export const isPhoto = ({ type, size }: Pick<File, 'type' | 'size'>): boolean =>
  /^image\/(jpeg|heic|heif)$/.test(type) || (type === 'image/png' && size > PNG_BYTES)

/**
 * A photo as it goes to us: no larger than is looked at, upright, and without what the phone noted beside it, the place among it. The
 * file itself where that is lighter and says nothing of the kind, or where this browser cannot draw it.
 */
export async function lightenPhoto(file: File): Promise<File> {
  if (!isPhoto(file)) return file
  try {
    const drawn = await draw(file)
    if (drawn === null) return file
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    return drawn.size < file.size || tellsOfItself(head)
      ? new File([drawn], asJpeg(file.name), { type: 'image/jpeg', lastModified: file.lastModified })
      : file
  } catch (error) {
    // It is no picture, or larger than this phone holds in memory.
    if (error instanceof DOMException) return file
    throw error
  }
}

async function draw(file: File): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file)
  const canvas = document.createElement('canvas')
  const { width, height } = sizeToSend(bitmap)
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.imageSmoothingQuality = 'high'
  // What is seen through would come out black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  // A canvas holds its memory until somebody looks for it.
  canvas.width = 0
  return drawn
}

/** The size at which a picture is sent: its longest side no longer than is looked at. */
export function sizeToSend({ width, height }: Size): Size {
  const share = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}

/** Whether a file begins with what a camera notes of a picture: when and where it was taken, and with what (Exif, XMP). */
export function tellsOfItself(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head)
  return text.includes('Exif\0\0') || text.includes('http://ns.adobe.com/xap/')
}

const asJpeg = (name: string): string => (/\.jpe?g$/i.test(name) ? name : `${name.replace(/\.\w+$/, '')}.jpg`)
