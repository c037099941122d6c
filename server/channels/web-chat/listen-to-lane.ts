import type { IncomingMessage } from 'node:http'
import type { TimelineNotice } from '../../care/timeline/index.ts'
import type { Bus } from '../../platform/bus/index.ts'

/** Somebody listens to a lane: long polling without WebSockets. */
export interface Ear {
  /** Waits until the lane may have something new since listening began, the time is over, or the reader has gone. */
  hear(waitMs: number, reader: IncomingMessage): Promise<void>
  /** Listens no more. */
  close(): void
}

/** Listens from now on. Begin before looking at the lane: what is said while one looks is heard, not waited for. */
export function listenTo(bus: Bus<TimelineNotice>, laneId: string): Ear {
  const heard = new AbortController()
  const unsubscribe = bus.subscribe((notice) => {
    if (notice.type === 'entries' && notice.lanes.some((one) => one.laneId === laneId)) heard.abort()
  })
  return {
    close: unsubscribe,
    hear: (waitMs, reader) =>
      new Promise((resolve) => {
        if (heard.signal.aborted) return resolve()
        const finish = () => {
          clearTimeout(timer)
          heard.signal.removeEventListener('abort', finish)
          reader.socket.off('close', finish)
          resolve()
        }
        const timer = setTimeout(finish, waitMs)
        heard.signal.addEventListener('abort', finish)
        reader.socket.once('close', finish)
      }),
  }
}
