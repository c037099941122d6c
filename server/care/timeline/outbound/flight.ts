/** What this process has on its way, by door. */
export interface Flight {
  /** How many of each door. */
  readonly perDoor: ReadonlyMap<string, number>
  /** Counts `sending` until it ends; it must not reject. */
  add(door: string, sending: Promise<void>): void
  /** Resolves once one of them has ended; gives false at once when there is none. */
  oneLanded(): Promise<boolean>
  allLanded(): Promise<void>
}

export function createFlight(): Flight {
  const perDoor = new Map<string, number>()
  const flying = new Set<Promise<void>>()
  return {
    perDoor,
    add: (door, sending) => {
      perDoor.set(door, (perDoor.get(door) ?? 0) + 1)
      const landed = sending.finally(() => {
        flying.delete(landed)
        const left = (perDoor.get(door) ?? 0) - 1
        if (left > 0) perDoor.set(door, left)
        else perDoor.delete(door)
      })
      flying.add(landed)
    },
    oneLanded: async () => {
      if (flying.size === 0) return false
      await Promise.race(flying)
      return true
    },
    allLanded: async () => {
      await Promise.all(flying)
    },
  }
}
