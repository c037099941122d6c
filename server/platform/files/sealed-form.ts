import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * How a file stands on disk: mark (4 bytes), length of the sealed key (2), the file's own key sealed by the vault, then pieces of
 * 64 KiB, each AES-256-GCM with a tag. The nonce counts the pieces and marks the last one (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, as in age): pieces cannot be swapped, dropped or cut off unnoticed, and any can be read alone.
 */
export const MARK = Buffer.from('OTF1')
export const PIECE_BYTES = 64 * 1024
export const TAG_BYTES = 16
export const FILE_KEY_BYTES = 32
const ALGORITHM = 'aes-256-gcm'

/** What the vault binds the file's key to. */
export const keyContext = (id: string) => `file:${id}`

/** Everything in front of the first piece. */
export function headerOf(sealedKey: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(sealedKey.length)
  return Buffer.concat([MARK, length, sealedKey])
}

export function sealPiece(key: Buffer, index: number, last: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(index, last))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when the piece was changed or is not the one expected at this place. */
export function openPiece(key: Buffer, index: number, last: boolean, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, nonceOf(index, last), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
}

/** How many pieces so many bytes make; nothing makes one empty piece. */
export function piecesOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PIECE_BYTES))
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}
