import type { ChatApi } from './api.ts'
import type { Pauses } from './backoff.ts'
import { type Line, openLine } from './line.ts'
import { createReader, type Reader } from './reader.ts'
import type { ChatView, Store } from './view.ts'
import type { Visitor } from './visitor.ts'

export interface ListeningDeps {
  readonly api: Pick<ChatApi, 'read'>
  readonly store: Store<ChatView>
  readonly visitor: Visitor
  readonly pauses: Pauses
  /** `wss://…/realtime` */
  readonly realtimeUrl: string
}

/** Keeps exactly one line, for the visitor who is valid now, and brings what comes over it to the screen. */
export interface Listening extends Pick<Reader, 'catchUp'> {
  /** To call whenever the visitor may have become another one; who is listened to already is left alone. */
  follow: () => void
  /** Tells the agent that the visitor is typing. */
  typing: () => void
  stop: () => void
}

export const createListening = ({ api, store, visitor, pauses, realtimeUrl }: ListeningDeps): Listening => {
  let line: Line | undefined
  let lineToken: string | undefined
  let stopped = false

  const lose = (token: string) => {
    visitor.forget(token)
    follow()
  }
  const { catchUp, take, reset } = createReader({
    api,
    store,
    token: visitor.token,
    onUnknownVisitor: lose,
  })

  const openFor = (token: string): Line =>
    openLine({
      url: realtimeUrl,
      hello: () => ({ token, after: store.get().lane.cursor }),
      poll: catchUp,
      pause: pauses.pause,
      onState: (state) => {
        if (store.get().line !== state) store.set({ line: state })
        if (state === 'live') pauses.wake()
      },
      onFrame: (frame) => {
        if (frame.type === 'ready') void catchUp()
        else if (frame.type === 'ended' && frame.reason !== 'shutdown') lose(token)
        else take(frame)
      },
    })

  const follow = () => {
    const token = visitor.token()
    if (stopped || token === lineToken) return
    line?.stop()
    if (lineToken) reset()
    lineToken = token
    store.set({ loaded: !token, line: 'none' })
    if (token) void catchUp()
    line = token ? openFor(token) : undefined
  }

  return {
    catchUp,
    follow,
    typing: () => line?.typing(),
    stop: () => {
      stopped = true
      line?.stop()
    },
  }
}
