/** Where the time comes from. Whatever decides by time takes a clock, so that a test can set it. */
export interface Clock {
  now(): Date
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }

export interface ManualClock extends Clock {
  /** Moves on by so many milliseconds. */
  advance(ms: number): void
}

/** A clock that stands at `start` until it is advanced. */
export function manualClock(start: Date | string): ManualClock {
  let ms = new Date(start).getTime()
  return {
    now: () => new Date(ms),
    advance(by) {
      ms += by
    },
  }
}
