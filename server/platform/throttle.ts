/** Gives what calls `act` at once, and then at most once in `ms` milliseconds, the last time after the last call. */
export function throttle(ms: number, act: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  return () => {
    if (timer) return
    const wait = Math.max(0, last + ms - performance.now())
    timer = setTimeout(() => {
      timer = undefined
      last = performance.now()
      act()
    }, wait)
  }
}
