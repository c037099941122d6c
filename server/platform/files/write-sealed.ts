import { randomBytes } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { Refusal } from '../refusal.ts'
import type { Vault } from '../vault/index.ts'
import type { Content } from './files.ts'
import { inPieces } from './in-pieces.ts'
import { HEAD_BYTES } from './media-type.ts'
import { FILE_KEY_BYTES, headerOf, keyContext, sealPiece } from './sealed-form.ts'

export interface Written {
  readonly bytes: number
  readonly contentHash: Buffer
  /** The first bytes, to judge the type by. */
  readonly head: Buffer
}

export interface WriteOptions {
  readonly vault: Vault
  readonly id: string
  readonly path: string
  readonly maxBytes: number
}

/** Writes content encrypted and durable; removes what it wrote if anything fails. @throws Refusal attachment_too_large */
export async function writeSealed(content: Content, options: WriteOptions): Promise<Written> {
  const handle = await open(options.path, 'wx', 0o600)
  try {
    const written = await writePieces(handle, content, options)
    await handle.sync()
    return written
  } catch (error) {
    await unlink(options.path)
    throw error
  } finally {
    await handle.close()
  }
}

async function writePieces(handle: FileHandle, content: Content, options: WriteOptions): Promise<Written> {
  const { vault, id, maxBytes } = options
  const key = randomBytes(FILE_KEY_BYTES)
  const hash = vault.fingerprintStream()
  const head: Buffer[] = []
  let bytes = 0
  await handle.write(headerOf(vault.seal(key, keyContext(id))))
  for await (const { plain, index, last } of inPieces(content)) {
    if (bytes < HEAD_BYTES) head.push(plain)
    bytes += plain.length
    if (bytes > maxBytes) throw new Refusal('attachment_too_large', { maxBytes })
    hash.update(plain)
    await handle.write(sealPiece(key, index, last, plain))
  }
  return { bytes, contentHash: hash.digest(), head: Buffer.concat(head) }
}
