/** A token bucket: `perSecond` requests, with a burst of the same size. */
export interface Bucket {
  /** Takes one request; gives the whole seconds to wait if there is none left, 0 if it may pass. */
  take(): number
}

export function createBucket(perSecond: number, now: () => number): Bucket {
  let left = perSecond
  let filledAt = now()
  return {
    take: () => {
      if (!Number.isFinite(perSecond)) return 0
      left = Math.min(perSecond, left + ((now() - filledAt) / 1000) * perSecond)
      filledAt = now()
      if (left < 1) return Math.max(1, Math.ceil((1 - left) / perSecond))
      left -= 1
      return 0
    },
  }
}
