import type { Attachment } from '../../../contracts/entries.ts'
import { aloneUnder } from './alone.ts'
import type { Answer, ChatApi } from './api.ts'
import { createPauses } from './backoff.ts'
import { createCourier, type Outcome } from './courier.ts'
import { createIdMaker } from './identifiers.ts'
import { messagesOf } from './lane.ts'
import { type Line, openLine } from './line.ts'
import { createOutbox, type Unsent } from './outbox.ts'
import { createReader } from './reader.ts'
import type { Shelf } from './storage.ts'
import { type ChatView, createStore, emptyView, unreadOf } from './view.ts'
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
export interface Chat {
  get: () => ChatView
  subscribe: (listener: () => void) => () => void
  /** Queues a message; it is kept until the server has it. @returns false when too many are waiting */
  say: (message: { text: string; attachmentIds?: string[]; choice?: string }) => boolean
  retry: (id: string) => void
  typing: () => void
  /** The visitor sees the newest message now. */
  seen: () => void
  upload: (
    file: File,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<Answer<Attachment>>
  download: (attachmentId: string) => Promise<Answer<Blob>>
  /** What is known of a file that was uploaded on this page. */
  uploaded: (attachmentId: string) => Attachment | undefined
  stop: () => void
}

/** Typing is told at most this often. */
const TYPING_EVERY_MS = 3_000
/** A paused chat is asked again this often; a person may pause it for minutes or days. */
const PAUSED_RETRY_MS = 30_000
const CONFIG_RETRY_MS = 10_000
/** A chat may be set up or opened again while the page stays open. */
const CLOSED_RETRY_MS = 60_000
/** Codes after which the same request may succeed later. */
const PASSING = new Set(['offline', 'rate_limited', 'channel_paused', 'unavailable', 'database_unavailable'])
/** Codes that mean that there is no chat on this site. */
const CLOSING = new Set(['origin_not_allowed', 'not_found', 'channel_paused'])

const outcomeOf = (answer: Answer<{ seq: number | null }>): Outcome => {
  if (answer.ok) return { kind: 'stored', seq: answer.value.seq }
  const { code, status, afterMs } = answer
  if (code === 'channel_paused') return { kind: 'later', code, afterMs: afterMs ?? PAUSED_RETRY_MS }
  if (PASSING.has(code) || status >= 500 || status === 401) return { kind: 'later', code, afterMs }
  return { kind: 'refused', code }
}

/** Builds the chat and starts it: reads the operator's words, and the lane if this visitor has one. */
export const createChat = ({ api, shelf, account, locale, page, realtimeUrl }: ChatDeps): Chat => {
  const prefix = `otklik:${account}:`
  const visitorKey = `${prefix}visitor`
  const readKey = `${prefix}read`
  const outboxKey = `${prefix}out:`

  const store = createStore<ChatView>(emptyView)
  const pauses = createPauses()
  const outbox = createOutbox(shelf, outboxKey)
  const newId = createIdMaker()
  const visitor = createVisitor({
    shelf,
    key: visitorKey,
    alone: aloneUnder(`${prefix}start`),
    start: () => api.startVisitor({ account, locale, page }),
  })

  let line: Line | undefined
  let lineToken: string | undefined
  let stopped = false
  const knownAttachments = new Map<string, Attachment>()

  const reader = createReader({
    api,
    store,
    token: visitor.token,
    onUnknownVisitor: (token) => {
      visitor.forget(token)
      listen()
    },
  })

  /** Keeps exactly one line, for the token that is valid now. */
  const listen = () => {
    const token = visitor.token()
    if (stopped || token === lineToken) return
    line?.stop()
    if (lineToken) reader.reset()
    lineToken = token
    store.set({ loaded: !token, line: 'none' })
    if (!token) {
      line = undefined
      return
    }
    void reader.catchUp()
    line = openLine({
      url: realtimeUrl,
      hello: () => ({ token, after: store.get().lane.cursor }),
      poll: reader.catchUp,
      pause: pauses.pause,
      onState: (state) => {
        if (store.get().line !== state) store.set({ line: state })
        if (state === 'live') pauses.wake()
      },
      onFrame: (frame) => {
        if (frame.type === 'ready') void reader.catchUp()
        else if (frame.type === 'ended' && frame.reason !== 'shutdown') {
          visitor.forget(token)
          listen()
        } else reader.take(frame)
      },
    })
  }

  const showOutbox = () => {
    const stored = new Set(messagesOf(store.get().lane).map(({ id }) => id))
    store.set({ unsent: outbox.list().filter(({ id }) => !stored.has(id)) })
  }

  const settle = (message: Unsent) => {
    const { lane, settling } = store.get()
    const back = messagesOf(lane).some(({ id }) => id === message.id)
    if (!back) store.set({ settling: [...settling, message] })
    showOutbox()
  }

  const carry = createCourier({
    outbox,
    alone: aloneUnder(`${prefix}send`),
    pause: pauses.pause,
    rest: createPauses().pause,
    post: async (message) => {
      const token = await visitor.ensure()
      if (!token.ok) return outcomeOf(token)
      listen()
      const answer = await api.send(token.value, message)
      if (!answer.ok && answer.status === 401) visitor.forget(token.value)
      return outcomeOf(answer)
    },
    onStored: (message, seq) => {
      settle(message)
      // Without a live line, or when the first answer got lost, nobody will bring the message back: ask for it.
      if (seq === null || store.get().line !== 'live') void reader.catchUp()
    },
    onRefused: showOutbox,
    onHold: (hold) => {
      if (store.get().hold !== hold) store.set({ hold })
    },
  })

  const readConfig = async () => {
    while (!stopped) {
      const answer = await api.getConfig(account)
      if (answer.ok) return store.set({ config: answer.value, closed: null })
      if (CLOSING.has(answer.code)) store.set({ closed: answer.code })
      await pauses.pause(answer.afterMs ?? (CLOSING.has(answer.code) ? CLOSED_RETRY_MS : CONFIG_RETRY_MS))
    }
  }

  const hearOtherTabs = (key: string | null) => {
    if (key === null || key === visitorKey) listen()
    if (key === readKey) {
      store.set({ readByVisitor: Math.max(store.get().readByVisitor, Number(shelf.get(readKey)) || 0) })
    }
    if (key?.startsWith(outboxKey)) {
      const gone = store.get().unsent.find(({ id }) => outboxKey + id === key && !outbox.has(id))
      if (gone && gone.failed === undefined) settle(gone)
      else showOutbox()
      void carry()
    }
  }
  const goOn = () => {
    if (!document.hidden) pauses.wake()
  }
  const dropForeign = shelf.onForeignChange(hearOtherTabs)
  window.addEventListener('online', goOn)
  window.addEventListener('pageshow', goOn)
  document.addEventListener('visibilitychange', goOn)

  void readConfig()
  listen()
  if (!lineToken) store.set({ loaded: true })
  showOutbox()
  void carry()

  let typingToldAt = 0
  let seenTold = 0
  return {
    get: store.get,
    subscribe: store.subscribe,
    say: ({ text, attachmentIds = [], choice }) => {
      const message: Unsent = {
        id: newId(outbox.list().at(-1)?.id),
        text,
        attachmentIds,
        ...(choice === undefined ? {} : { choice }),
        writtenAt: new Date().toISOString(),
      }
      if (!outbox.put(message)) return false
      showOutbox()
      pauses.wake()
      void carry()
      return true
    },
    retry: (id) => {
      outbox.retry(id)
      showOutbox()
      pauses.wake()
      void carry()
    },
    typing: () => {
      if (Date.now() - typingToldAt < TYPING_EVERY_MS) return
      typingToldAt = Date.now()
      line?.typing()
    },
    seen: () => {
      const token = visitor.token()
      const newest = messagesOf(store.get().lane).at(-1)?.seq ?? 0
      if (!token || newest <= seenTold || unreadOf(store.get()) === 0) return
      seenTold = newest
      store.set({ readByVisitor: newest })
      shelf.set(readKey, String(newest))
      void api.markRead(token, newest).then((answer) => {
        // The next message tells it again.
        if (!answer.ok) seenTold = 0
      })
    },
    upload: async (file, onProgress, signal) => {
      const token = await visitor.ensure()
      if (!token.ok) return token
      listen()
      const answer = await api.upload(token.value, file, onProgress, signal)
      if (answer.ok) knownAttachments.set(answer.value.id, answer.value)
      return answer
    },
    download: async (attachmentId) => {
      const token = visitor.token()
      return token ? api.download(token, attachmentId) : { ok: false, code: 'unauthenticated', status: 401 }
    },
    uploaded: (attachmentId) => knownAttachments.get(attachmentId),
    stop: () => {
      stopped = true
      line?.stop()
      dropForeign()
      window.removeEventListener('online', goOn)
      window.removeEventListener('pageshow', goOn)
      document.removeEventListener('visibilitychange', goOn)
      pauses.wake()
    },
  }
}
