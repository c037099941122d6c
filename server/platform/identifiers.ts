import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** Random bytes of so many identifiers are fetched from the system at once: one call for each would cost more than the rest. */
const POOLED = 256
const BYTES = 16
const pool = Buffer.alloc(POOLED * BYTES)
let used = pool.length

function freshRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += BYTES
  return pool.subarray(used - BYTES, used)
}

/** What the last identifier of a clock was made from. */
const latest = new WeakMap<Clock, { msecs: number; seq: number }>()

/**
 * A new identifier (UUID v7): sorts by the time of its making, taken from the clock. Within one process and one millisecond
 * later ones sort after earlier ones: a counter that begins at a random place stands behind the time (RFC 9562 §6.2, method 1).
 */
export function newId(clock: Clock): string {
  const random = freshRandom()
  const msecs = clock.now().getTime()
  const before = latest.get(clock)
  // The counter has 32 bits and begins in the lower half, so it never overflows within a millisecond.
  const seq = before?.msecs === msecs ? before.seq + 1 : random.readUInt32BE(6) >>> 1
  latest.set(clock, { msecs, seq })
  return v7({ msecs, seq, random })
}
