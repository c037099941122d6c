const TICK_MS = 5000
const SLEPT_MS = 20_000

/**
 * Notices that the machine slept (a laptop's lid, a frozen tab): timers stand still while the clock goes on, and a
 * socket that looks open is long dead. Gives a function that stops watching.
 */
export function onWake(woke: () => void, now: () => number = Date.now): () => void {
  let last = now()
  const timer = setInterval(() => {
    const slept = now() - last - TICK_MS
    last = now()
    if (slept > SLEPT_MS) woke()
  }, TICK_MS)
  return () => clearInterval(timer)
}
