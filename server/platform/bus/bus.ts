import { afterCommit, type Executor } from '../database/index.ts'

export interface Bus<N> {
  /** Tells every listener of this process (and of other nodes, when shared). Never throws. */
  publish(notice: N): void
  /** Hears all notices until the returned function is called. */
  subscribe(listener: (notice: N) => void): () => void
}

/** A bus within one process. `onError` hears of listeners that threw; the others are still told. */
export function createBus<N>(onError: (error: unknown) => void): Bus<N> {
  const listeners = new Set<(notice: N) => void>()
  const tell = (listener: (notice: N) => void, notice: N) => {
    try {
      listener(notice)
    } catch (error) {
      onError(error)
    }
  }
  return {
    publish: (notice) => {
      for (const listener of [...listeners]) tell(listener, notice)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Publishes once the transaction has committed. */
export function announce<N>(executor: Executor, bus: Bus<N>, notice: N): void {
  afterCommit(executor, () => bus.publish(notice))
}
