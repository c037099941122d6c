import { createHash, randomInt } from 'node:crypto'

/** Tells secret scanners, and us, whose token it is. */
export const TOKEN_PREFIX = 'otk_'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const NAME_LENGTH = 8
/** 43 digits of base 62 hold 256 bits. */
const SECRET_LENGTH = 43

export interface TokenValue {
  /** `otk_NAME_SECRET`: for whoever made it, once. */
  readonly value: string
  /** `otk_NAME`: recognises the token in lists and logs. */
  readonly prefix: string
  readonly hash: Buffer
}

/** A new random token. */
export function newTokenValue(): TokenValue {
  const prefix = `${TOKEN_PREFIX}${randomBase62(NAME_LENGTH)}`
  const value = `${prefix}_${randomBase62(SECRET_LENGTH)}`
  return { value, prefix, hash: hashOfValue(value) }
}

/** SHA-256: 256 random bits need nothing slower. */
export function hashOfValue(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}

const randomBase62 = (length: number) =>
  Array.from({ length }, () => BASE62.charAt(randomInt(BASE62.length))).join('')
