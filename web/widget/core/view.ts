import type { ChatConfig } from '../../../contracts/chat.ts'
import { emptyLane, type Lane } from './lane.ts'
import type { Unsent } from './outbox.ts'

/** All that the screen shows. Replaced, never changed in place. */
export interface ChatView {
  /** null until the server answered; the chat can be used without. */
  readonly config: ChatConfig | null
  /** Why there is no chat on this site, or not now (ErrorCode). */
  readonly closed: string | null
  readonly line: 'none' | 'live' | 'down'
  /** The lane has been read to its end at least once, or there is no lane yet. */
  readonly loaded: boolean
  readonly lane: Lane
  readonly unsent: readonly Unsent[]
  /** Stored by the server, not yet come back in the lane. */
  readonly settling: readonly Unsent[]
  /** Why the first unsent message waits: an ErrorCode or `offline`. */
  readonly hold: string | null
  readonly readByAgent: number
  readonly readByVisitor: number
  /** Who is typing; '' = somebody without a name. */
  readonly typing: string | null
}

export const emptyView: ChatView = {
  config: null,
  closed: null,
  line: 'none',
  loaded: false,
  lane: emptyLane,
  unsent: [],
  settling: [],
  hold: null,
  readByAgent: 0,
  readByVisitor: 0,
  typing: null,
}

/** How many messages of the operator's side the visitor has not seen. */
export const unreadOf = ({ lane, readByVisitor }: ChatView): number =>
  [...lane.held.values()].filter(
    ({ message }) => message.seq > readByVisitor && message.from !== 'visitor' && message.text !== null,
  ).length

/** A value that tells its listeners when it is replaced. */
export interface Store<T> {
  get: () => T
  set: (change: Partial<T>) => void
  subscribe: (listener: () => void) => () => void
}

export const createStore = <T>(initial: T): Store<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (change) => {
      value = { ...value, ...change }
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
