import { randomBytes } from 'node:crypto'
import { imageSize } from './image-size.ts'

/** A file that somebody sent, kept in memory as long as the world lives. */
export interface Blob {
  id: string
  name: string
  /** Media type as its sender claims it. */
  type: string
  bytes: Buffer
  /** Pixels, of images only. */
  width: number | undefined
  height: number | undefined
}

export interface Blobs {
  put(file: { name: string; type: string; bytes: Buffer }): Blob
  get(id: string): Blob | undefined
}

export function createBlobs(): Blobs {
  const blobs = new Map<string, Blob>()
  return {
    put: ({ name, type, bytes }) => {
      const size = imageSize(bytes)
      const blob = {
        id: randomBytes(18).toString('base64url'),
        name,
        type,
        bytes,
        width: size?.width,
        height: size?.height,
      }
      blobs.set(blob.id, blob)
      return blob
    },
    get: (id) => blobs.get(id),
  }
}
