import { type StaffRoom, touchPresence } from '../care/staff/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import { every } from '../platform/every.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 20_000

/**
 * Open sockets outlive the moment of their authentication: screens of ended and locked sessions are closed, and whoever
 * has one open is present.
 */
export function watchSessions(
  db: Db,
  clock: Clock,
  staff: StaffRoom,
  timeline: Timeline,
  log: Log,
): () => void {
  return every({ ms: LOOK_MS, log, name: 'sessions' }, async () => {
    const { sessionIds, memberIds } = timeline.openScreens()
    if (sessionIds.length === 0) return
    for (const [id, state] of await staff.sessionStates(sessionIds)) {
      if (state !== 'open') timeline.endScreens(id, state === 'locked' ? 'locked' : 'session')
    }
    for (const memberId of memberIds) await touchPresence(db, clock, memberId)
  })
}
