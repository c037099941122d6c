/** What changed on somebody's phone. Carries no content: the page fetches what it shows. */
export interface Change {
  service: string
  person: string
}

export interface Live {
  changed(change: Change): void
  /** Gives back what ends the subscription. */
  subscribe(listener: (change: Change) => void): () => void
}

export function createLive(): Live {
  const listeners = new Set<(change: Change) => void>()
  return {
    changed: (change) => {
      for (const listener of listeners) listener(change)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
