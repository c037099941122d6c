import type { Executor } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import type { Batches } from '../../../platform/jobs/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { endLine, subscribersOfLine } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { deleteEnded } from '../sign-in/challenge-store.ts'
import {
  deleteEndedSessions,
  deleteSession,
  deleteSessionsOf,
  deleteSessionsOfOthers,
  deleteSessionsOnLine,
} from './session-store.ts'

/** How long an ended code or pass is kept, so that a late one hears "expired" rather than "unknown". */
const KEPT_MS = 86_400_000

/** Ends the session that asks, or every session of the person. */
export async function signOut(db: Executor, actor: Subscriber, everywhere: boolean): Promise<void> {
  if (everywhere) await deleteSessionsOf(db, [actor.id])
  else await deleteSession(db, actor.sessionId, actor.id)
}

/** Signs a device of the person out: it needs a new code. Refuses with `not_found`, also for somebody else's. */
export async function removeDevice(db: Executor, actor: Subscriber, deviceId: string): Promise<void> {
  if (!(await deleteSession(db, deviceId, actor.id))) throw new Refusal('not_found', { what: 'device' })
}

/**
 * A line has ended or changed hands: sessions and passes that rest on it end with what was proved by its number (`endLine`). For the
 * composition, in the transaction that announces it.
 */
export async function endMyLine(
  tx: Executor,
  my: Pick<My, 'subscribers'>,
  line: { readonly lineId: string; readonly msisdn: string },
): Promise<void> {
  // First the links: whoever signs in by the line right now holds their lock.
  await endLine(tx, my.subscribers, line)
  await deleteSessionsOnLine(tx, line.lineId)
}

/**
 * The people of a line have changed: whoever is none of them any more has no session on it either. For the composition, after their links
 * (`keepPeopleOfLine`).
 */
export async function endSessionsOfOthers(tx: Executor, lineId: string): Promise<void> {
  await deleteSessionsOfOthers(tx, lineId, await subscribersOfLine(tx, lineId))
}

/** Forgets sessions, codes and passes that have ended, some at a time. For an hourly job. Gives how many. */
export async function forgetEndedSignIns(
  db: Executor,
  { clock }: Pick<My, 'clock'>,
  batches?: Batches,
): Promise<number> {
  const now = clock.now()
  const codes = await deleteEnded(db, new Date(now.getTime() - KEPT_MS), batches)
  return codes + (await deleteEndedSessions(db, now, batches))
}
