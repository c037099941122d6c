import { createBatcher } from '../batcher.ts'
import { databaseProblem } from './problem.ts'
import type { Executor } from './query.ts'

/** As many keys as one statement looks up. */
const MOST_TOGETHER = 64
/** While one statement is answered the next one is made ready: neither the server nor the database waits for the other. */
const ABREAST = 2

/** Reads what there is of a key; undefined = nothing. */
type SharedRead<V> = (db: Executor, key: string) => Promise<V | undefined>
/** Reads what there is of keys, by key. */
type Read<V> = (db: Executor, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>

/**
 * Readers of the pool who come while a statement is under way share the next one: a busy server asks once for dozens of them, an idle one
 * waits for nobody. Nothing is kept: the statement begins after each of its readers came, so everybody sees what was committed before.
 * Within a transaction one reads alone, for one sees what it has written.
 */
export function shareReads<V>(read: Read<V>): SharedRead<V> {
  const batchers = new WeakMap<Executor, ReturnType<typeof batcherOf<V>>>()
  return async (db, key) => {
    if (db.isTransaction) return (await read(db, [key])).get(key)
    const batcher = batchers.get(db) ?? batcherOf(db, read)
    batchers.set(db, batcher)
    const found = await batcher.add(key)
    // What others asked for broke the statement: their trouble is not this reader's.
    return found === 'alone' ? (await read(db, [key])).get(key) : found.value
  }
}

function batcherOf<V>(db: Executor, read: Read<V>) {
  const together = async (
    keys: readonly string[],
  ): Promise<('alone' | { readonly value: V | undefined })[]> => {
    const different = new Set(keys)
    try {
      const found = await read(db, [...different])
      return keys.map((key) => ({ value: found.get(key) }))
    } catch (error) {
      if (different.size === 1 || databaseProblem(error)) throw error
      return keys.map(() => 'alone')
    }
  }
  return createBatcher(together, { maxBatch: MOST_TOGETHER, abreast: ABREAST })
}
