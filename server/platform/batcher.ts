/**
 * Natural batching (group commit in the application): what arrives while a commit is in flight becomes the next batch.
 * No timer and no added wait: an idle system answers after one commit of one item.
 */
export interface Batcher<I, O> {
  /** Settles with the item's own result, or with the failure of its batch. */
  add(item: I): Promise<O>
  /** Items that wait or are in flight. */
  readonly pending: number
}

export interface BatcherOptions<I> {
  /** Most items at a time. */
  readonly maxBatch: number
  /**
   * Most batches in flight; default 1. With two, one is made ready while the other is being committed: neither the
   * application nor the database waits for the other.
   */
  readonly abreast?: number
  /**
   * Fewest waiting items for a further batch abreast; default 1. A statement costs much more than one of its items: where few wait they are
   * answered sooner by the next batch than by one of their own, which competes with the one in flight.
   */
  readonly crowd?: number
  /** Items of one key keep their order: they wait while a batch with that key is in flight. Needed with `abreast` > 1. */
  readonly keyOf?: (item: I) => string
}

interface Waiting<I, O> {
  readonly item: I
  readonly resolve: (result: O) => void
  readonly reject: (error: unknown) => void
}

/** @param flush takes a batch and gives one result an item, in the same order */
export function createBatcher<I, O>(
  flush: (items: I[]) => Promise<O[]>,
  { maxBatch, abreast = 1, crowd = 1, keyOf }: BatcherOptions<I>,
): Batcher<I, O> {
  let waiting: Waiting<I, O>[] = []
  const busyKeys = new Set<string>()
  let batchesInFlight = 0
  let itemsInFlight = 0
  let scheduled = false

  /** The next batch: the longest waiting first, but none whose key is in flight or stands behind one that stays. */
  const takeBatch = (): Waiting<I, O>[] => {
    if (!keyOf || busyKeys.size === 0) return waiting.splice(0, maxBatch)
    const batch: Waiting<I, O>[] = []
    const left: Waiting<I, O>[] = []
    for (const one of waiting) {
      const free = batch.length < maxBatch && !busyKeys.has(keyOf(one.item))
      ;(free ? batch : left).push(one)
    }
    waiting = left
    return batch
  }
  const run = async (batch: Waiting<I, O>[]) => {
    const keys = keyOf && abreast > 1 ? new Set(batch.map(({ item }) => keyOf(item))) : new Set<string>()
    for (const key of keys) busyKeys.add(key)
    batchesInFlight += 1
    itemsInFlight += batch.length
    const settle = await outcomeOf(batch)
    for (const key of keys) busyKeys.delete(key)
    batchesInFlight -= 1
    itemsInFlight -= batch.length
    // Who waits goes off before those who are through are answered: the two are done beside each other then.
    pump()
    setImmediate(settle)
  }
  /** Gives what tells everybody in the batch. */
  const outcomeOf = async (batch: Waiting<I, O>[]): Promise<() => void> => {
    try {
      const results = await flush(batch.map((one) => one.item))
      return () => {
        batch.forEach((one, index) => {
          one.resolve(results[index] as O)
        })
      }
    } catch (error) {
      return () => {
        for (const one of batch) one.reject(error)
      }
    }
  }
  const isDue = () =>
    batchesInFlight === 0 ? waiting.length > 0 : batchesInFlight < abreast && waiting.length >= crowd
  const pump = () => {
    scheduled = false
    while (isDue()) {
      const batch = takeBatch()
      if (batch.length === 0) return
      void run(batch)
    }
  }
  // One turn of the event loop collects every request that the sockets brought in this turn.
  const schedule = () => {
    if (scheduled || !isDue()) return
    scheduled = true
    setImmediate(pump)
  }

  return {
    add: (item) =>
      new Promise<O>((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        schedule()
      }),
    get pending() {
      return waiting.length + itemsInFlight
    },
  }
}
