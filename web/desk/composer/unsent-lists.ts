import type { Attachment } from '../../../contracts/entries.ts'
import { createStore } from '../data/store.ts'

/** An answer between the agent's Enter and the server's word. Its id is made once, so a repeat sends once. */
export interface OutboxMessage {
  readonly id: string
  readonly laneId: string
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/** `stuck`: no answer came, it is sent again by itself. `refused`: the server will not have it and its words found no other place. */
export interface Unsent extends OutboxMessage {
  readonly state: 'going' | 'stuck' | 'refused'
}

/** Answers that have not left yet, by conversation and in the order of writing. */
export interface UnsentLists {
  /** The same array until it changes. */
  of(conversationId: string): readonly Unsent[]
  conversations(): readonly string[]
  subscribe(listener: () => void): () => void
  add(conversationId: string, message: Unsent): void
  mark(conversationId: string, state: Unsent['state'], which: (one: Unsent) => boolean): void
  remove(conversationId: string, id: string): void
  clear(): void
}

const NONE: readonly Unsent[] = []

export function createUnsentLists(): UnsentLists {
  const lists = createStore<ReadonlyMap<string, readonly Unsent[]>>(new Map())
  const of = (conversationId: string) => lists.get().get(conversationId) ?? NONE
  const set = (conversationId: string, list: readonly Unsent[]) => {
    const next = new Map(lists.get())
    if (list.length > 0) next.set(conversationId, list)
    else next.delete(conversationId)
    lists.set(next)
  }
  return {
    of,
    conversations: () => [...lists.get().keys()],
    subscribe: lists.subscribe,
    add: (conversationId, message) => set(conversationId, [...of(conversationId), message]),
    mark: (conversationId, state, which) =>
      set(
        conversationId,
        of(conversationId).map((one) => (which(one) ? { ...one, state } : one)),
      ),
    remove: (conversationId, id) =>
      set(
        conversationId,
        of(conversationId).filter((one) => one.id !== id),
      ),
    clear: () => lists.set(new Map()),
  }
}
