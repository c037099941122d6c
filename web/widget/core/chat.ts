import { aloneUnder } from './alone.ts'
import type { Answer, ChatApi } from './api.ts'
import { createPauses } from './backoff.ts'
import { createFiles, type Files } from './files.ts'
import { createListening } from './listening.ts'
import { onReturn } from './on-return.ts'
import type { Unsent } from './outbox.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { readConfig } from './read-config.ts'
import { createReadMark, type ReadMark } from './read-mark.ts'
import { createSending, type Sending } from './sending.ts'
import type { Shelf } from './storage.ts'
import { type ChatView, createStore, emptyView, type Store } from './view.ts'
import { createVisitor } from './visitor.ts'

export interface ChatDeps {
  readonly api: ChatApi
  readonly shelf: Shelf
  readonly account: string
  readonly locale: string
  /** Address of the page, without its query: where the visitor was when they first wrote. */
  readonly page: string
  /** `wss://…/realtime` */
  readonly realtimeUrl: string
}

/** One visitor's chat on one page. */
export interface Chat
  extends Files,
    Pick<Store<ChatView>, 'get' | 'subscribe'>,
    Pick<Sending, 'say' | 'retry'>,
    Pick<ReadMark, 'seen'> {
  typing: () => void
  stop: () => void
}

/** Typing is told at most this often. */
const TYPING_EVERY_MS = 3_000

/** At most once in so many milliseconds; what comes in between is nobody's loss. */
const atMostEvery = (ms: number, work: () => void): (() => void) => {
  let doneAt = 0
  return () => {
    if (Date.now() - doneAt < ms) return
    doneAt = Date.now()
    work()
  }
}

/** Builds the chat and starts it: reads the operator's words, and the lane if this visitor has one. */
export const createChat = ({ api, shelf, account, locale, page, realtimeUrl }: ChatDeps): Chat => {
  const prefix = `otklik:${account}:`
  const visitorKey = `${prefix}visitor`
  const readKey = `${prefix}read`
  const outboxKey = `${prefix}out:`

  const life = new AbortController()
  const pauses = createPauses()
  const visitor = createVisitor({
    shelf,
    key: visitorKey,
    alone: aloneUnder(`${prefix}start`),
    start: () => api.startVisitor({ account, locale, page }),
  })
  const { token } = visitor
  const store = createStore<ChatView>({ ...emptyView, loaded: !token() })
  const listening = createListening({ api, store, visitor, pauses, realtimeUrl })

  const ensureToken = async (): Promise<Answer<string>> => {
    const answer = await visitor.ensure()
    if (answer.ok) listening.follow()
    return answer
  }
  const post = async (message: Unsent): Promise<Outcome> => {
    const sender = await ensureToken()
    if (!sender.ok) return outcomeOf(sender)
    const answer = await api.send(sender.value, message)
    if (!answer.ok && answer.status === 401) visitor.forget(sender.value)
    return outcomeOf(answer)
  }
  const sending = createSending({
    shelf,
    prefix: outboxKey,
    store,
    pauses,
    post,
    alone: aloneUnder(`${prefix}send`),
    catchUp: listening.catchUp,
  })
  const mark = createReadMark({ api, shelf, key: readKey, store, token })

  const deafen = shelf.onForeignChange((key) => {
    if (key === null || key === visitorKey) listening.follow()
    if (key === readKey) mark.hear()
    if (key?.startsWith(outboxKey)) sending.hear(key)
  })
  onReturn(pauses.wake, life.signal)

  void readConfig({ api, account, store, pauses, signal: life.signal })
  listening.follow()
  sending.begin()

  return {
    get: store.get,
    subscribe: store.subscribe,
    say: sending.say,
    retry: sending.retry,
    seen: mark.seen,
    typing: atMostEvery(TYPING_EVERY_MS, listening.typing),
    ...createFiles({ api, token, ensureToken }),
    stop: () => {
      life.abort()
      listening.stop()
      deafen()
      pauses.wake()
    },
  }
}
