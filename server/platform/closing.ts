/** What was started and is to be ended again, what came last first. */
export interface Closing {
  /** From now on this belongs to what is ended. */
  add(end: () => unknown): void
  /** Ends everything, one after the other, whatever fails on the way; a second call ends nothing twice. Rejects with the first failure. */
  close(): Promise<void>
}

export function createClosing(): Closing {
  const ends: (() => unknown)[] = []
  return {
    add: (end) => {
      ends.push(end)
    },
    close: async () => {
      const failures: unknown[] = []
      for (let end = ends.pop(); end; end = ends.pop()) {
        try {
          await end()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
