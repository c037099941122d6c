import type { TrafficType } from '../../../contracts/amounts.ts'
import type { SharedBook } from '../../operator/market/index.ts'
import type { Bus } from '../../platform/bus/index.ts'
import type { Connection } from '../../platform/realtime/index.ts'
import type { TimelineNotice } from '../timeline/index.ts'

/** What of the book somebody watches: lots of a size, or of any (`units` null). */
export interface Watched {
  readonly type: TrafficType
  readonly units: number | null
}

/** Screens that follow the book: each change is read once, however many watch, and sent to all of them. */
export interface BookWatch {
  /** From now on the connection gets the first page whenever it changes, beginning with it as it is; null = no more. */
  watch(connection: Connection, book: Watched | null): void
}

/** What changes within so many milliseconds is told together. */
const TOGETHER_MS = 250

const keyOf = ({ type, units }: Watched) => `${type} ${units ?? '*'}`

/** @param onError told of what went wrong with a reading; the next change reads anew */
export function createBookWatch(
  bus: Pick<Bus<TimelineNotice>, 'subscribe'>,
  book: SharedBook,
  onError: (error: unknown) => void,
): BookWatch {
  const watchers = new Map<string, { readonly what: Watched; readonly connections: Set<Connection> }>()
  const watching = new Map<Connection, string>()
  const changed = new Set<string>()
  let waits = false

  const tell = async (what: Watched, connections: Iterable<Connection>) => {
    const page = await book.firstPage(what.type, what.units)
    for (const connection of connections) connection.send({ type: 'market-book', book: page })
  }
  const tellChanged = () => {
    waits = false
    for (const key of changed) {
      const one = watchers.get(key)
      if (one) tell(one.what, one.connections).catch(onError)
    }
    changed.clear()
  }
  const leave = (connection: Connection) => {
    const key = watching.get(connection)
    if (key === undefined) return
    watching.delete(connection)
    const one = watchers.get(key)
    one?.connections.delete(connection)
    if (one?.connections.size === 0) watchers.delete(key)
  }
  bus.subscribe((notice) => {
    if (notice.type !== 'book') return
    book.forget(notice.sizes)
    for (const { type, units } of notice.sizes) {
      for (const key of [keyOf({ type, units }), keyOf({ type, units: null })])
        if (watchers.has(key)) changed.add(key)
    }
    if (changed.size === 0 || waits) return
    waits = true
    setTimeout(tellChanged, TOGETHER_MS).unref()
  })
  return {
    watch: (connection, what) => {
      const isNew = !watching.has(connection)
      leave(connection)
      if (!what) return
      const key = keyOf(what)
      const one = watchers.get(key) ?? { what, connections: new Set() }
      one.connections.add(connection)
      watchers.set(key, one)
      watching.set(connection, key)
      if (isNew) connection.onClose(() => leave(connection))
      tell(what, [connection]).catch(onError)
    },
  }
}
