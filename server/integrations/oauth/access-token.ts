import { createHash, randomBytes } from 'node:crypto'

/** Tells secret scanners, and us, what it is. */
export const ACCESS_TOKEN_PREFIX = 'ota_'

/** A new token with 256 random bits, and the hash that is kept. */
export function newAccessToken(): { readonly value: string; readonly hash: Buffer } {
  const value = ACCESS_TOKEN_PREFIX + randomBytes(32).toString('base64url')
  return { value, hash: hashOfAccessToken(value) }
}

export const hashOfAccessToken = (value: string): Buffer => createHash('sha256').update(value).digest()
