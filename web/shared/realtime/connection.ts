import { type ClientFrame, ServerFrame } from '../../../contracts/realtime.ts'
import { backoff } from './backoff.ts'
import type { LaneSeqs } from './lane-cursors.ts'
import { onWake } from './wake.ts'
import { createWatches } from './watches.ts'

const PING_MS = 20_000
const SILENCE_MS = 35_000

export interface ConnectionState {
  readonly online: boolean
  /** When the server was last heard (milliseconds since the epoch); null = never yet. */
  readonly heardAt: number | null
  /** How often it came back: whoever shows data refetches when this grows. */
  readonly returns: number
}

export interface ConnectionOptions {
  readonly url: string
  /** Frames worth acting on; entries come without gaps and once. */
  readonly onFrame: (frame: ServerFrame) => void
  readonly onState: (state: ConnectionState) => void
}

/** The live connection: reconnects by itself, resumes what is watched, and notices silence, sleep and lost notices. */
export class RealtimeConnection {
  readonly #options: ConnectionOptions
  readonly #watches = createWatches({
    ask: (conversationId, laneSeqs) =>
      this.#send({ type: 'watch', conversationId, laneSeqs: { ...laneSeqs } }),
    giveUp: (conversationId) => this.#options.onFrame({ type: 'resync', conversationId }),
  })
  readonly #stops: (() => void)[] = []
  #socket: WebSocket | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #inbox = false
  #stopped = true
  #state: ConnectionState = { online: false, heardAt: null, returns: 0 }

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /** Connects and stays connected until `stop`. */
  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    const beat = setInterval(() => this.#checkPulse(), PING_MS)
    const back = () => this.#reconnectNow()
    const gone = () => this.#drop()
    const seen = () => document.visibilityState === 'visible' && this.#checkPulse()
    window.addEventListener('online', back)
    window.addEventListener('offline', gone)
    document.addEventListener('visibilitychange', seen)
    this.#stops.push(
      onWake(back),
      () => clearInterval(beat),
      () => window.removeEventListener('online', back),
      () => window.removeEventListener('offline', gone),
      () => document.removeEventListener('visibilitychange', seen),
    )
    this.#connect()
  }

  /** Ends the connection for good (sign-out, lock). */
  stop(): void {
    this.#stopped = true
    for (const stop of this.#stops.splice(0)) stop()
    clearTimeout(this.#retry)
    this.#forgetSocket()
  }

  /** Follows a conversation's lanes from what is already known; gives the way to stop. */
  watch(conversationId: string, laneSeqs: LaneSeqs): () => void {
    this.#watches.set(conversationId, laneSeqs)
    return () => {
      this.#watches.drop(conversationId)
      this.#send({ type: 'unwatch', conversationId })
    }
  }

  /** Whether notices about the inbox are wanted. */
  followInbox(on: boolean): void {
    this.#inbox = on
    this.#send({ type: 'inbox', on })
  }

  /** Tells that the agent is writing. */
  tellTyping(conversationId: string): void {
    this.#send({ type: 'typing', conversationId })
  }

  /** Sends a frame if the connection stands; after a return it has to be said again. */
  send(frame: ClientFrame): void {
    this.#send(frame)
  }

  #send(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  #connect(): void {
    clearTimeout(this.#retry)
    this.#forgetSocket()
    const socket = new WebSocket(this.#options.url)
    this.#socket = socket
    socket.onmessage = ({ data }) => this.#hear(data)
    socket.onclose = () => this.#drop()
  }

  #forgetSocket(): void {
    if (!this.#socket) return
    this.#socket.onclose = null
    this.#socket.onmessage = null
    this.#socket.close()
    this.#socket = null
  }

  #drop(): void {
    this.#forgetSocket()
    if (this.#state.online) this.#tell({ ...this.#state, online: false })
    if (this.#stopped) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#connect(), backoff(this.#attempt))
    this.#attempt += 1
  }

  #reconnectNow(): void {
    if (this.#stopped) return
    if (this.#state.online) this.#tell({ ...this.#state, online: false })
    this.#attempt = 0
    this.#connect()
  }

  #checkPulse(): void {
    const heardAt = this.#state.heardAt ?? 0
    if (this.#state.online && Date.now() - heardAt > SILENCE_MS) this.#reconnectNow()
    else this.#send({ type: 'ping' })
  }

  #tell(state: ConnectionState): void {
    this.#state = state
    this.#options.onState(state)
  }

  #hear(data: unknown): void {
    const frame = readFrame(data)
    if (!frame) return
    this.#state = { ...this.#state, heardAt: Date.now() }
    if (frame.type === 'ready') this.#greet()
    else if (frame.type === 'beat') this.#watches.compare(frame.laneSeqs)
    else if (frame.type === 'entries') this.#admit(frame)
    else if (frame.type !== 'pong') this.#options.onFrame(frame)
  }

  #admit(frame: Extract<ServerFrame, { type: 'entries' }>): void {
    const entries = this.#watches.admit(frame.entries)
    if (entries.length) this.#options.onFrame({ type: 'entries', entries: [...entries] })
  }

  #greet(): void {
    this.#attempt = 0
    this.#send({ type: 'inbox', on: this.#inbox })
    this.#watches.renew()
    this.#tell({ online: true, heardAt: Date.now(), returns: this.#state.returns + 1 })
  }
}

function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const read = ServerFrame.safeParse(JSON.parse(data))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
