import type { StaffRoom } from '../care/staff/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import { databaseProblem } from '../platform/database/index.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 15_000

/** Open sockets outlive the moment of their authentication: screens of ended and locked sessions are closed. */
export function watchSessions(staff: StaffRoom, timeline: Timeline, log: Log): () => void {
  const look = async () => {
    const open = timeline.openSessions()
    if (open.length === 0) return
    for (const [id, state] of await staff.sessionStates(open)) {
      if (state !== 'open') timeline.endScreens(id, state === 'locked' ? 'locked' : 'session')
    }
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      if (!databaseProblem(error)) log.error({ err: error }, 'sessions')
    })
  }, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
