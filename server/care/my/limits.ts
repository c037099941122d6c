import { isIPv6 } from 'node:net'
import type pg from 'pg'
import { createSharedLimits, type SharedLimits } from '../../platform/shared-limits.ts'

/**
 * How many in how many seconds, counted by all nodes together. Many phones stand behind one address of a mobile network, so that
 * addresses have more than numbers and devices; codes to a number by strangers are counted with those that agents send to it (`code:number`).
 */
const LIMITS = {
  /** Codes asked for from one network. */
  'my-code:address': { points: 120, duration: 3600 },
  /** Codes to a number asked for from a device on which it was signed in before: a stranger cannot use them up. */
  'my-code:device': { points: 5, duration: 3600 },
  /** Wrong codes and passes from one network. */
  'my-try:address': { points: 100, duration: 3600 },
  'my-fresh:subscriber': { points: 5, duration: 3600 },
  'my-export:subscriber': { points: 3, duration: 86_400 },
  'my-pass:agent': { points: 10, duration: 86_400 },
  'my-pass:subscriber': { points: 3, duration: 3600 },
} as const

export type MyLimits = SharedLimits<keyof typeof LIMITS>

export function createMyLimits(pool: pg.Pool): MyLimits {
  return createSharedLimits(pool, LIMITS)
}

/** The network that an address is counted with: whoever has one address of IPv6 has its whole /64. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean).length ?? 0
  const filled =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - rest).fill('0')]
  return filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
