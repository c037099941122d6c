import { createHash } from 'node:crypto'
import type { Blob } from '../core/blobs.ts'
import type { TgContent, TgFile } from './wire.ts'

export type FileKind = 'photo' | 'document' | 'voice' | 'video'

/** A file id is the stored file's id behind a mark of its kind: opaque to clients, and different for each size. */
const marks = { photo: 'AgAC', document: 'BQAC', voice: 'AwAC', video: 'BAAC', thumb: 'AAQC' } as const

export const blobIdOf = (fileId: string): string => fileId.slice(4)

function fileOf(blob: Blob, mark: keyof typeof marks): TgFile {
  const unique = createHash('sha256').update(mark).update(blob.bytes).digest('base64url').slice(0, 16)
  return { file_id: `${marks[mark]}${blob.id}`, file_unique_id: unique, file_size: blob.bytes.length }
}

/**
 * What a message of this file carries. Photos come in two sizes, the larger last, as the real ones do; this world
 * cannot scale pictures, so both hold the same bytes and the smaller one only claims to be small.
 */
export function contentOf(kind: FileKind, blob: Blob): TgContent {
  const mime_type = blob.type
  switch (kind) {
    case 'photo': {
      const { width, height } = { width: blob.width ?? 800, height: blob.height ?? 600 }
      const scale = Math.min(1, 320 / Math.max(width, height))
      const small = {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      }
      return {
        photo: [
          { ...fileOf(blob, 'thumb'), ...small },
          { ...fileOf(blob, 'photo'), width, height },
        ],
      }
    }
    case 'document':
      return { document: { ...fileOf(blob, 'document'), file_name: blob.name, mime_type } }
    case 'voice':
      return {
        voice: { ...fileOf(blob, 'voice'), duration: 1 + Math.floor(blob.bytes.length / 16_000), mime_type },
      }
    case 'video': {
      const size = { width: blob.width ?? 1280, height: blob.height ?? 720, duration: 1 }
      return { video: { ...fileOf(blob, 'video'), ...size, mime_type, file_name: blob.name } }
    }
  }
}

const folders: Record<string, string> = {
  AgAC: 'photos',
  AAQC: 'photos',
  AwAC: 'voice',
  BAAC: 'videos',
  BQAC: 'documents',
}

/** `photos/<id>.jpg`: the path under `/file/bot<token>/`. */
export function pathOf(fileId: string, blob: Blob): string {
  const extension = /\.[a-z0-9]{1,5}$/i.exec(blob.name)?.[0] ?? ''
  return `${folders[fileId.slice(0, 4)] ?? 'documents'}/${blob.id}${extension}`
}
