import { hash, timingSafeEqual } from 'node:crypto'

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')

/** Are two secrets the same? Takes the same time whatever they differ in, their length included. An absent one equals nothing. */
export function sameSecret(given: string | undefined, expected: string | undefined): boolean {
  if (!given || !expected) return false
  return timingSafeEqual(digest(given), digest(expected))
}
