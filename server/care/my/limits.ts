import type pg from 'pg'
import { networkOf } from '../../platform/networks.ts'
import { createSharedLimits, type SharedLimits } from '../../platform/shared-limits.ts'

/**
 * How many in how many seconds, counted by all nodes together. Many phones stand behind one address of a mobile network, so that
 * addresses have more than numbers and devices, and shared ones many more; codes to a number by strangers are counted with those that agents send to it (`code:number`).
 */
const LIMITS = {
  /** Codes asked for from one network. */
  'my-code:address': { points: 120, duration: 3600 },
  'my-code:shared-address': { points: 3_000, duration: 3600 },
  /** Codes to a number asked for from a device on which it was signed in before: a stranger cannot use them up. */
  'my-code:device': { points: 5, duration: 3600 },
  /** Wrong codes and passes from one network. */
  'my-try:address': { points: 100, duration: 3600 },
  'my-try:shared-address': { points: 1_000, duration: 3600 },
  'my-fresh:subscriber': { points: 5, duration: 3600 },
  'my-export:subscriber': { points: 3, duration: 86_400 },
  'my-pass:agent': { points: 10, duration: 86_400 },
  'my-pass:subscriber': { points: 3, duration: 3600 },
} as const

type Name = keyof typeof LIMITS

export interface MyLimits extends SharedLimits<Name> {
  /** Which limit an address stands under, and by what it is counted. */
  ofAddress(what: 'my-code' | 'my-try', address: string): readonly [Name, string]
}

/** @param isShared does an address stand for many phones, as those of the operator's own network do? */
export function createMyLimits(pool: pg.Pool, isShared: (address: string) => boolean): MyLimits {
  return {
    ...createSharedLimits(pool, LIMITS),
    ofAddress: (what, address) => [
      `${what}:${isShared(address) ? 'shared-address' : 'address'}`,
      networkOf(address),
    ],
  }
}
