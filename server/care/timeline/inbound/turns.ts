/** `together`: in a batch, where those of one sender keep their order by themselves · `alone`: in a transaction of its own. */
type Way = 'together' | 'alone'

interface Turn {
  readonly way: Way
  /** It may begin; undefined: at once. */
  readonly begins: Promise<unknown> | undefined
  readonly over: Promise<unknown>
}

/** Lets what one sender says be stored in the order in which it came, whichever way each of it goes. */
export interface Turns {
  /** Stores when everything that would go another way has been stored, well or not. */
  take<T>(sender: string, way: Way, store: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const newest = new Map<string, Turn>()
  return {
    take: (sender, way, store) => {
      const before = newest.get(sender)
      const begins = before && (way === 'together' && before.way === way ? before.begins : before.over)
      const stored = begins ? begins.then(store) : store()
      const over = stored.then(nothing, nothing)
      const turn = { way, begins, over }
      newest.set(sender, turn)
      void over.then(() => {
        if (newest.get(sender) === turn) newest.delete(sender)
      })
      return stored
    },
  }
}

const nothing = () => undefined
