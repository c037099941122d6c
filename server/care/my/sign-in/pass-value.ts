import { randomInt } from 'node:crypto'
import type { My } from '../my.ts'

/** Letters and digits that are not taken for one another when they are read out (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 3
const GROUP = 4

/** A new pass: 60 random bits in three groups of four, as an agent reads them out. */
export function newPass(): string {
  const group = () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** What the table keeps of a pass, however it was typed. */
export function hashOfPass({ subscribers }: Pick<My, 'subscribers'>, pass: string): Buffer {
  const heard = pass
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  return Buffer.from(subscribers.fingerprint(`my-pass:${heard}`), 'hex')
}
