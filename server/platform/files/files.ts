import type { Readable } from 'node:stream'
import type { Db, Executor } from '../database/index.ts'

/** Bytes at hand, or a stream of them. */
export type Content = Buffer | AsyncIterable<Buffer>

/** What is known of a file from its bytes. */
export interface StoredFile {
  readonly id: string
  readonly bytes: number
  /** Judged from the content. */
  readonly mediaType: string
  /** Pixels as shown, of PNG, JPEG, GIF and WebP. */
  readonly width?: number
  readonly height?: number
}

/** A file that is durable but belongs to nobody yet; goes at the next sweep after the grace. */
export interface Staged extends StoredFile {
  readonly contentHash: Buffer
  readonly keyId: string
}

/** Positions of the first and the last byte, both included. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

export interface FileContent {
  readonly id: string
  readonly bytes: number
  readonly mediaType: string
  /** The bytes, or a part of them; fails midway if the file was changed on disk. */
  stream(range?: ByteRange): Promise<Readable>
  /** All bytes in memory. */
  all(): Promise<Buffer>
}

export interface Files {
  /**
   * Makes content durable; belongs outside transactions, because a sender may take minutes.
   * @throws Refusal attachment_too_large (`maxBytes`) when there is more; nothing is left behind then
   */
  stage(content: Content, limit?: { maxBytes: number }): Promise<Staged>
  /** Takes one ownership of what was staged, in the caller's transaction. Gives the file that is kept: an older one of equal content, if any. */
  keep(tx: Executor, staged: Staged): Promise<StoredFile>
  /** `stage` and `keep` in one, for content that is at hand. */
  put(tx: Executor, content: Content): Promise<StoredFile>
  /** One more owner of a file that has one. */
  share(tx: Executor, id: string): Promise<void>
  /** One owner less; without owners the content goes at the next sweep. */
  release(tx: Executor, id: string): Promise<void>
  /** @throws Refusal not_found */
  read(db: Executor, id: string): Promise<FileContent>
  /**
   * Removes files without owners, and what was staged longer ago than the grace and never kept.
   * @returns how many were removed
   */
  sweepUnowned(db: Db): Promise<number>
  /** Seals up to `limit` files under the newest key. Gives how many; 0 = rotation is done. */
  reseal(db: Db, limit: number): Promise<number>
}
