import type { Blobs } from './blobs.ts'
import type { Faults } from './faults.ts'
import type { Live } from './live.ts'
import type { People } from './people.ts'
import type { Timing } from './timing.ts'

/** What every stand-in is given. */
export interface Context {
  people: People
  timing: Timing
  live: Live
  blobs: Blobs
  faults: Faults
  /** `http://host:port` of this world; known once it listens. */
  origin(): string
}
