import type { IncomingMessage } from 'node:http'
import type { TimelineNotice } from '../../care/timeline/index.ts'
import type { Bus } from '../../platform/bus/index.ts'

/** Waits until a lane may have something new, the time is over, or the reader has gone: long polling without WebSockets. */
export function waitForNews(
  bus: Bus<TimelineNotice>,
  laneId: string,
  waitMs: number,
  reader: IncomingMessage,
): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      unsubscribe()
      reader.socket.off('close', finish)
      resolve()
    }
    const timer = setTimeout(finish, waitMs)
    const unsubscribe = bus.subscribe((notice) => {
      if (notice.type === 'entries' && notice.lanes.some((one) => one.laneId === laneId)) finish()
    })
    reader.socket.once('close', finish)
  })
}
