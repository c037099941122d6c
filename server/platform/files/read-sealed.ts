import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Vault } from '../vault/index.ts'
import type { ByteRange } from './files.ts'
import { keyContext, MARK, openPiece, PIECE_BYTES, piecesOf, TAG_BYTES } from './sealed-form.ts'

interface Header {
  readonly sealedKey: Buffer
  /** Where the first piece begins. */
  readonly start: number
}

export interface SealedSource {
  readonly handle: FileHandle
  readonly id: string
  /** Length of the content, as stored beside the file: a file that was cut off does not pass for a shorter one. */
  readonly bytes: number
}

/** The content from the first to the last byte of `range`, decrypted piece by piece as it is consumed. Closes the handle. */
export async function readSealed(vault: Vault, source: SealedSource, range: ByteRange): Promise<Readable> {
  const { handle, id } = source
  try {
    const { sealedKey, start } = await readHeader(handle, id)
    const key = vault.open(sealedKey, keyContext(id))
    const stream = Readable.from(pieces(source, { key, start }, range), { objectMode: false })
    // Not in the generator's finally: one that was never started does not run it.
    stream.once('close', () => void handle.close().catch(() => undefined))
    return stream
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function* pieces(
  { handle, bytes }: SealedSource,
  { key, start }: { key: Buffer; start: number },
  { first, last }: ByteRange,
): AsyncGenerator<Buffer> {
  const finalPiece = piecesOf(bytes) - 1
  const endPiece = Math.max(0, Math.floor(Math.min(last, bytes - 1) / PIECE_BYTES))
  const sealed = Buffer.alloc(PIECE_BYTES + TAG_BYTES)
  for (let index = Math.floor(first / PIECE_BYTES); index <= endPiece; index++) {
    const { bytesRead } = await handle.read(sealed, 0, sealed.length, start + index * sealed.length)
    const plain = openPiece(key, index, index === finalPiece, sealed.subarray(0, bytesRead))
    const from = index * PIECE_BYTES
    yield plain.subarray(Math.max(0, first - from), last - from + 1)
  }
}

/** Reads the sealed key in front of the pieces. */
export async function readHeader(handle: FileHandle, id: string): Promise<Header> {
  const fixed = Buffer.alloc(MARK.length + 2)
  await handle.read(fixed, 0, fixed.length, 0)
  if (!fixed.subarray(0, MARK.length).equals(MARK)) throw new Error(`file ${id} on disk is not one of ours`)
  const sealedKey = Buffer.alloc(fixed.readUInt16BE(MARK.length))
  await handle.read(sealedKey, 0, sealedKey.length, fixed.length)
  return { sealedKey, start: fixed.length + sealedKey.length }
}

/** Opens where the first of these paths exists. */
export async function openFirst(paths: readonly string[]): Promise<FileHandle> {
  const [path = '', ...others] = paths
  return open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || others.length === 0) throw error
    return openFirst(others)
  })
}
