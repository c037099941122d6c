import { createHash, hkdfSync } from 'node:crypto'
import { KeyUnusable } from './key-unusable.ts'

export const KEY_ID_BYTES = 8
const KEY_BYTES = 32

/** One master key, split into keys of one purpose each (HKDF, RFC 5869), with the name by which sealed data refers to it. */
export interface Key {
  readonly id: Buffer
  readonly sealing: Buffer
  readonly fingerprinting: Buffer
}

/**
 * Reads keys as they are configured: base64 of 32 bytes each, separated by commas or line breaks; the first one seals.
 * @param source where they stand, for the complaint
 * @throws KeyUnusable
 */
export function parseKeys(text: string, source: string): [Key, ...Key[]] {
  const keys = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part, index) => keyOf(part, `${source}, key ${index + 1}`))
  const [first, ...others] = keys
  if (first === undefined)
    throw new KeyUnusable(`${source} holds no key. Make one with: openssl rand -base64 32`)
  return [first, ...others]
}

function keyOf(base64: string, source: string): Key {
  const master = Buffer.from(base64, 'base64')
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(base64) || master.length !== KEY_BYTES) {
    throw new KeyUnusable(`${source} is not base64 of 32 bytes. Make one with: openssl rand -base64 32`)
  }
  return {
    id: createHash('sha256').update('otklik key id').update(master).digest().subarray(0, KEY_ID_BYTES),
    sealing: derive(master, 'seal'),
    fingerprinting: derive(master, 'fingerprint'),
  }
}

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `otklik ${purpose}`, KEY_BYTES))
}
