/** What never changes, remembered by its id: the most that are kept, the longest unused forgotten first. */
export interface Memory<T> {
  get(id: string): T | undefined
  keep(id: string, value: T): void
}

export function createMemory<T>(most: number): Memory<T> {
  const kept = new Map<string, T>()
  const keep = (id: string, value: T) => {
    kept.delete(id)
    kept.set(id, value)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
  }
  return {
    keep,
    get(id) {
      const value = kept.get(id)
      if (value !== undefined) keep(id, value)
      return value
    },
  }
}
