import { vi } from 'vitest'

// The library gives up after a second, which a machine with two cores, several servers and a disk may need for one step. A wait ends when its
// condition is met; only one that would never be met lasts as long as this.
/** As in vitest.config.ts for `expect.poll`. */
const PATIENCE_MS = 20_000

const { waitFor } = vi
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options })
