import type { ChatView, Store } from './view.ts'

/** An agent's typing is shown this long after its last notice. */
const TYPING_MS = 6_000

/** That somebody on the other side is typing. */
export interface TypingSign {
  /** @param name '' = somebody without a name */
  show: (name: string) => void
  hide: () => void
}

export const createTypingSign = (store: Store<ChatView>): TypingSign => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    if (store.get().typing !== null) store.set({ typing: null })
  }
  return {
    hide,
    show: (name) => {
      clearTimeout(timer)
      timer = setTimeout(hide, TYPING_MS)
      store.set({ typing: name })
    },
  }
}
