import type { ChatApi } from './api.ts'
import { messagesOf } from './lane.ts'
import type { Shelf } from './storage.ts'
import { type ChatView, type Store, unreadOf } from './view.ts'

export interface ReadMarkDeps {
  readonly api: Pick<ChatApi, 'markRead'>
  readonly shelf: Shelf
  readonly key: string
  readonly store: Store<ChatView>
  readonly token: () => string | undefined
}

/** How far the visitor has read: told to the server, and to the site's other tabs through the shelf. */
export interface ReadMark {
  /** The visitor sees the newest message now. */
  seen: () => void
  /** Another tab has shown more. */
  hear: () => void
}

export const createReadMark = ({ api, shelf, key, store, token }: ReadMarkDeps): ReadMark => {
  let told = 0
  return {
    seen: () => {
      const reader = token()
      const newest = messagesOf(store.get().lane).at(-1)?.seq ?? 0
      if (!reader || newest <= told || unreadOf(store.get()) === 0) return
      told = newest
      store.set({ readByVisitor: newest })
      shelf.set(key, String(newest))
      void api.markRead(reader, newest).then((answer) => {
        // The next message tells it again.
        if (!answer.ok) told = 0
      })
    },
    hear: () =>
      store.set({ readByVisitor: Math.max(store.get().readByVisitor, Number(shelf.get(key)) || 0) }),
  }
}
