import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Db } from '../database/index.ts'
import { Refusal } from '../refusal.ts'
import { readChanges, type Seen } from './changes.ts'

/**
 * What this process has read of the database and tells again as long as nothing has changed of it. Nothing is told that was changed by a
 * commit before one asked: whoever wants to look calls `catchUp` first, which is one small statement for all who come while another is under
 * way, and hears of every change since the last one. Whatever answers are made of tells its changes in the transaction that makes them
 * (triggers, `platform.change`).
 */
export interface Kept {
  /** Hears of all that was committed before the call. What is told afterwards is right as of this call. Fails where the database does. */
  catchUp(): Promise<void>
  /** A place for values of one kind. @param most values in it; the one that was looked at longest ago makes room */
  shelf<V>(most: number): Shelf<V>
}

/** Values by the name under which their changes are told. */
export interface Shelf<V> {
  /** What is kept of it: to be told after a `catchUp`, if it still holds then. */
  get(name: string): Holding<V> | undefined
  /**
   * Reads what may be kept. What was changed since the reading began is not kept, and does not hold.
   * @param read keeps what it has read in statements of its own; not in a transaction, which sees what may never be
   */
  reading<T>(read: (keep: Keep<V>) => Promise<T>): Promise<T>
}

/** @param until from then on the clock alone makes something else of it; absent: never */
type Keep<V> = (name: string, value: V, until?: Date) => Holding<V>

/** A kept value. Whoever holds on to it sees whether it is right. */
export interface Holding<V> {
  readonly value: V
  /** Whether it is right, as of the last `catchUp` that has ended: nothing has changed it, and its time is not over. */
  holds(now: Date): boolean
}

class Entry<V> implements Holding<V> {
  readonly value: V
  readonly #until: Date | undefined
  /** False once it was changed, or made room. */
  stands: boolean

  constructor(value: V, until: Date | undefined, stands: boolean) {
    this.value = value
    this.#until = until
    this.stands = stands
  }

  holds(now: Date): boolean {
    return this.stands && (this.#until === undefined || this.#until > now)
  }
}

/** What has changed while somebody reads; undefined: nobody knows. */
interface Reading {
  changed: Set<string> | undefined
}

/** Keeps nothing yet. */
export function createKept(db: Db): Kept {
  const shelves: Pick<LRUCache<string, object>, 'delete' | 'clear'>[] = []
  const readings = new Set<Reading>()
  let seen: Seen | undefined
  let asked: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  const forget = (names: readonly string[]) => {
    for (const name of names) {
      for (const shelf of shelves) shelf.delete(name)
      for (const { changed } of readings) changed?.add(name)
    }
  }
  const forgetAll = () => {
    for (const shelf of shelves) shelf.clear()
    for (const reading of readings) reading.changed = undefined
  }
  /** Once the last question is answered, and the sockets have brought whoever comes in this turn. */
  const ask = async (last: Promise<void>) => {
    await last.catch(() => undefined)
    await turnOfTheLoop()
    next = undefined
    const changes = await inTime(readChanges(db, seen))
    seen = changes.seen
    if (changes.names) forget(changes.names)
    else forgetAll()
  }
  /** Before the first question, and while nobody writes changes down, nothing would be known of them. */
  const hears = () => seen !== undefined && seen.began !== null
  const during = async <T>(read: (reading: Reading) => Promise<T>): Promise<T> => {
    const reading: Reading = { changed: new Set() }
    readings.add(reading)
    try {
      return await read(reading)
    } finally {
      readings.delete(reading)
    }
  }
  return {
    catchUp: () => {
      if (!next) {
        next = ask(asked)
        asked = next
      }
      return next
    },
    shelf: <V>(most: number): Shelf<V> => {
      const values = shelfOf<V>(most)
      shelves.push(values)
      return {
        get: (name) => values.get(name),
        reading: (read) =>
          during((reading) =>
            read((name, value, until) => {
              const entry = new Entry(value, until, reading.changed?.has(name) === false && hears())
              if (entry.stands) values.set(name, entry)
              return entry
            }),
          ),
      }
    },
  }
}

/** A connection that says nothing any more must not hold everybody up: the next question goes over another one, from where this one stood. */
const ANSWERED_WITHIN_MS = 5_000

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Refusal('unavailable')), ANSWERED_WITHIN_MS)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** Whatever leaves it holds no more. */
const shelfOf = <V>(most: number) =>
  new LRUCache<string, Entry<V>>({
    max: most,
    dispose: (entry) => {
      entry.stands = false
    },
  })
