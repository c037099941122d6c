import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane (≈ 17 ms here). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of a random password that was thrown away: verified where there is no member, so that it takes as long. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$iqKSxBo9kV449V7/KgY2wQ$UDU3ttqD0UwCiamFgK+1sbDYVNNGIs7dn5rKVKVEWso'

/** Without the letters and digits that are mistaken for each other when read aloud. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const LENGTH = 16

/** The PHC string of a password (argon2id). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

/** Does the password fit? Takes the same time where there is no hash to fit (unknown member, provider-only account). */
export async function passwordFits(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const fits = await verify(passwordHash ?? DECOY, password)
  return fits && typeof passwordHash === 'string'
}

/** A password of 92 bits for a first sign-in, readable aloud. */
export function randomPassword(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}
