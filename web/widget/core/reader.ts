import type { ChatApi } from './api.ts'
import type { ChatFrame } from './guards.ts'
import { emptyLane, type Lane, mergePage, mergePush } from './lane.ts'
import { createTypingSign } from './typing-sign.ts'
import type { ChatView, Store } from './view.ts'

export interface ReaderDeps {
  readonly api: Pick<ChatApi, 'read'>
  readonly store: Store<ChatView>
  readonly token: () => string | undefined
  readonly onUnknownVisitor: (token: string) => void
}

/** Brings the visitor's lane to the screen: pages asked for, frames pushed, nothing twice, nothing missing. */
export interface Reader {
  /** Reads on from the cursor to the end. @returns false when the server did not answer */
  catchUp: (waitMs?: number) => Promise<boolean>
  take: (frame: ChatFrame) => void
  /** Another visitor: their lane is another one. */
  reset: () => void
}

/** Shows a lane; what has come back in it is on its way no more. */
const showLane = (store: Store<ChatView>, lane: Lane, change: Partial<ChatView> = {}): void => {
  const { settling, unsent } = store.get()
  const own = new Set([...lane.held.values()].map(({ message }) => message.id))
  store.set({
    lane,
    ...change,
    settling: settling.filter(({ id }) => !own.has(id)),
    unsent: unsent.filter(({ id }) => !own.has(id)),
  })
}

/** One run at a time; whoever asks during a run is answered after one more, unless the run came to nothing. */
const oneAtATime = (run: () => Promise<boolean>): (() => Promise<boolean>) => {
  let running: Promise<boolean> | undefined
  let again = false
  const runOn = async (): Promise<boolean> => {
    let answered: boolean
    do {
      again = false
      answered = await run()
    } while (again && answered)
    return answered
  }
  return () => {
    if (running) again = true
    running ??= runOn().finally(() => {
      running = undefined
    })
    return running
  }
}

export const createReader = ({ api, store, token, onUnknownVisitor }: ReaderDeps): Reader => {
  /** Highest seq that a beat named and a later reading answered for: seqs that are not the visitor's to see end here. */
  let covered = 0
  let named = 0
  const typing = createTypingSign(store)

  const readPages = async (waitMs: number): Promise<boolean> => {
    for (let wait = waitMs; ; wait = 0) {
      const reader = token()
      if (!reader) return false
      const after = store.get().lane.cursor
      const beat = named
      const answer = await api.read(reader, after, wait)
      if (token() !== reader) return false
      if (!answer.ok) {
        if (answer.status === 401) onUnknownVisitor(reader)
        return false
      }
      const page = answer.value
      const { lane, readByAgent, readByVisitor, loaded } = store.get()
      showLane(store, mergePage(lane, page, after), {
        loaded: loaded || !page.more,
        readByAgent: Math.max(readByAgent, page.readByAgent),
        readByVisitor: Math.max(readByVisitor, page.readByVisitor),
      })
      if (!page.more) {
        covered = Math.max(covered, beat)
        return true
      }
    }
  }
  const readOn = oneAtATime(() => readPages(0))
  const catchUp = (waitMs = 0): Promise<boolean> => (waitMs ? readPages(waitMs) : readOn())

  const take = (frame: ChatFrame) => {
    if (frame.type === 'chat') {
      const { lane, gap } = mergePush(store.get().lane, frame)
      if (frame.messages.some(({ from }) => from !== 'visitor')) typing.hide()
      showLane(store, lane)
      if (gap) void catchUp()
    } else if (frame.type === 'beat') {
      named = Math.max(0, ...Object.values(frame.laneSeqs))
      if (named > Math.max(covered, store.get().lane.cursor)) void catchUp()
    } else if (frame.type === 'chat-read') {
      store.set({ readByAgent: Math.max(store.get().readByAgent, frame.seq) })
    } else if (frame.type === 'chat-typing') typing.show(frame.name ?? '')
  }

  return {
    catchUp,
    take,
    reset: () => {
      covered = named = 0
      typing.hide()
      store.set({ lane: emptyLane, readByAgent: 0, readByVisitor: 0, settling: [] })
    },
  }
}
