import type { MyLive } from '../care/my/index.ts'
import { databaseProblem } from '../platform/database/index.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 10_000

/** Open sockets outlive the moment of their authentication: screens of sessions that have ended are closed. */
export function watchMy(live: MyLive, log: Log): () => void {
  const timer = setInterval(() => {
    live.endStale().catch((error: unknown) => {
      if (!databaseProblem(error)) log.error({ err: error }, 'my sessions')
    })
  }, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
