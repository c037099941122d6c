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

interface Waiting<I, O> {
  readonly item: I
  readonly resolve: (result: O) => void
  readonly reject: (error: unknown) => void
}

/**
 * @param flush takes a batch and gives one result an item, in the same order
 * @param maxBatch most items at a time
 */
export function createBatcher<I, O>(flush: (items: I[]) => Promise<O[]>, maxBatch: number): Batcher<I, O> {
  const waiting: Waiting<I, O>[] = []
  let inFlight = 0
  let scheduled = false

  const run = async (batch: Waiting<I, O>[]) => {
    try {
      const results = await flush(batch.map((one) => one.item))
      batch.forEach((one, index) => {
        one.resolve(results[index] as O)
      })
    } catch (error) {
      for (const one of batch) one.reject(error)
    } finally {
      inFlight -= batch.length
      pump()
    }
  }
  const pump = () => {
    scheduled = false
    if (inFlight > 0 || waiting.length === 0) return
    const batch = waiting.splice(0, maxBatch)
    inFlight += batch.length
    void run(batch)
  }

  return {
    add: (item) =>
      new Promise<O>((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        // One turn of the event loop collects every request that the sockets brought in this turn.
        if (!scheduled && inFlight === 0) {
          scheduled = true
          setImmediate(pump)
        }
      }),
    get pending() {
      return waiting.length + inFlight
    },
  }
}
