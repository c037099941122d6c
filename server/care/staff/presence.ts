import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { beatPresence } from './member-store.ts'

/** A beat comes more often than it needs to be written. */
const WRITE_MS = 30_000

/**
 * A browser of this member is there: call it every 30 s or so while a socket is open. Written at most once in 30 s; after 90 s
 * without it the member is shown as offline. `away` stays away.
 */
export async function touchPresence(db: Executor, clock: Clock, memberId: string): Promise<void> {
  const now = clock.now()
  await beatPresence(db, memberId, now, new Date(now.getTime() - WRITE_MS))
}
