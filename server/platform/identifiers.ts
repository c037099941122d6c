import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** A new identifier (UUID v7): sorts by the time of its making, taken from the clock. */
export function newId(clock: Clock): string {
  return v7({ msecs: clock.now().getTime() })
}
