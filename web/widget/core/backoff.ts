/**
 * How long to wait before the next attempt: exponential with full jitter, so that thousands of widgets do not come
 * back at one moment after an outage.
 * @param attempt failures so far, from 1
 * @param random from 0 to 1
 * @returns milliseconds, between 300 and 30,000
 */
export const backoffMs = (attempt: number, random: () => number = Math.random): number =>
  300 + random() * Math.min(29_700, 700 * 2 ** Math.min(attempt, 10))

/** A pause that can be cut short: `wake` ends all that are going on. */
export interface Pauses {
  pause: (ms: number) => Promise<void>
  wake: () => void
}

export const createPauses = (): Pauses => {
  const endings = new Set<() => void>()
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          endings.delete(end)
          resolve()
        }
        const timer = setTimeout(end, ms)
        endings.add(end)
      }),
    wake: () => {
      for (const end of [...endings]) end()
    },
  }
}
