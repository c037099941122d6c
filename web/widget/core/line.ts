import { backoffMs } from './backoff.ts'
import { type ChatFrame, readFrame } from './guards.ts'

export interface LineDeps {
  /** `wss://…/realtime` */
  readonly url: string
  readonly hello: () => { token: string; after: number }
  readonly onFrame: (frame: ChatFrame) => void
  readonly onState: (state: 'live' | 'down') => void
  /** Fetches what is new, waiting for it up to so many ms; false when the server did not answer. */
  readonly poll: (waitMs: number) => Promise<boolean>
  readonly pause: (ms: number) => Promise<void>
}

export interface Line {
  /** Tells the agent that the visitor is typing; worth nothing when late, so it is never queued. */
  typing: () => void
  stop: () => void
}

/** A proxy may drop an idle connection silently: we ask after 20 s and give up after 45 s without a frame. */
const PING_MS = 20_000
const SILENCE_MS = 45_000
/** Sockets that never got ready, in a row, after which we poll for a while instead. */
const BLOCKED_AFTER = 2
const POLL_WAIT_MS = 25_000
const POLL_FOR_MS = 120_000
const READY_WITHIN_MS = 10_000

/** Some browsers throw where the page's policy forbids the connection. */
const connect = (url: string): WebSocket | undefined => {
  try {
    return new WebSocket(url)
  } catch {
    return undefined
  }
}

/** Long polling for two minutes. A server that does not wait must not be asked in a tight loop. */
const pollFor = async (deps: LineDeps, isStopped: () => boolean): Promise<void> => {
  const until = Date.now() + POLL_FOR_MS
  let misses = 0
  while (!isStopped() && Date.now() < until) {
    const askedAt = Date.now()
    const answered = await deps.poll(misses ? 0 : POLL_WAIT_MS)
    if (isStopped()) return
    deps.onState(answered ? 'live' : 'down')
    misses = answered ? 0 : misses + 1
    if (misses) await deps.pause(backoffMs(misses))
    else if (Date.now() - askedAt < 1000) await deps.pause(1000)
  }
}

/**
 * Keeps the visitor's line to the server: a WebSocket that comes back with jitter, or long polling where sockets are
 * blocked (then the socket is tried again every two minutes). Nothing is lost here: who listens resumes by seq.
 */
export const openLine = (deps: LineDeps): Line => {
  let stopped = false
  let socket: WebSocket | undefined
  let ready = false

  /** Lives through one socket. @returns whether it ever became ready */
  const holdSocket = () =>
    new Promise<boolean>((resolve) => {
      let reached = false
      let heardAt = Date.now()
      const current = connect(deps.url)
      if (!current) return resolve(false)
      socket = current
      const end = () => {
        clearInterval(pulse)
        clearTimeout(patience)
        current.onopen = current.onmessage = current.onclose = null
        current.close()
        ready = false
        resolve(reached)
      }
      const patience = setTimeout(end, READY_WITHIN_MS)
      const pulse = setInterval(() => {
        if (Date.now() - heardAt > SILENCE_MS) end()
        else if (current.readyState === WebSocket.OPEN) current.send('{"type":"ping"}')
      }, PING_MS)
      current.onopen = () => current.send(JSON.stringify({ type: 'hello', ...deps.hello() }))
      current.onclose = end
      current.onmessage = ({ data }) => {
        heardAt = Date.now()
        const frame = readFrame(data)
        if (frame?.type === 'ready') {
          clearTimeout(patience)
          ready = reached = true
          deps.onState('live')
        }
        if (frame) deps.onFrame(frame)
      }
    })

  const keep = async () => {
    let misses = 0
    while (!stopped) {
      const reached = await holdSocket()
      if (stopped) return
      misses = reached ? 1 : misses + 1
      if (misses > BLOCKED_AFTER && (await deps.poll(0))) {
        await pollFor(deps, () => stopped)
        misses = BLOCKED_AFTER - 1
      } else {
        deps.onState('down')
        await deps.pause(backoffMs(misses))
      }
    }
  }
  void keep()

  return {
    typing: () => {
      if (ready && socket?.readyState === WebSocket.OPEN) socket.send('{"type":"typing"}')
    },
    stop: () => {
      stopped = true
      if (socket) socket.onmessage = null
      socket?.close()
    },
  }
}
