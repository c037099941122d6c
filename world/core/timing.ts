/** The world's clock and its timers. Every documented delay passes here, so that tests can shorten them all at once. */
export interface Timing {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs a task after `ms` documented milliseconds, shortened by the scale. Gives back what cancels it. */
  after(ms: number, task: () => void): () => void
  /** Runs a task after `ms` milliseconds of a person's time, which no scale shortens: whoever is tested may be slow. */
  afterPerson(ms: number, task: () => void): void
  /** Resolves after `ms` documented milliseconds, or never if the world closes first. */
  wait(ms: number): Promise<void>
  close(): void
}

/** @param scale 1 is real time; 0.001 makes a documented minute last 60 ms. */
export function createTiming(scale: number, now: () => number): Timing {
  const running = new Set<NodeJS.Timeout>()
  const start = (realMs: number, task: () => void): (() => void) => {
    const timer = setTimeout(() => {
      running.delete(timer)
      task()
    }, realMs)
    running.add(timer)
    return () => {
      clearTimeout(timer)
      running.delete(timer)
    }
  }
  const after: Timing['after'] = (ms, task) => start(ms * scale, task)
  return {
    now,
    after,
    afterPerson: (ms, task) => void start(ms, task),
    wait: (ms) => new Promise((resolve) => after(ms, resolve)),
    close: () => {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    },
  }
}
