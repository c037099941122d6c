import type { Clock } from '../../platform/clock.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { AccessAct } from './access-act.ts'
import { type Author, columnsOf } from './author.ts'
import { firstIdAt } from './id-time.ts'
import { hasAccessSince, insertAccess, insertAccesses, lockLook } from './store.ts'

export interface Access {
  readonly actor: Author
  readonly act: AccessAct
  readonly subscriberId?: string | undefined
  readonly contactPointId?: string | undefined
  readonly conversationId?: string | undefined
  /** What the person gave as a reason. Never what was searched for. */
  readonly reason?: string | undefined
  /** Where the request came from: `request.ip`. */
  readonly address: string
}

/** What is open on a screen is asked for all day: one row in ten minutes says as much. */
const AGAIN_MS = 600_000

/** Records one read of personal data. */
export async function recordAccess(db: Executor, clock: Clock, access: Access): Promise<void> {
  await insertAccess(db, { ...access, id: newId(clock), at: clock.now(), author: columnsOf(access.actor) })
}

/** Records that data of many people were taken away, by what they are of: one row each. */
export async function recordExports(
  db: Executor,
  clock: Clock,
  taken: Pick<Access, 'actor' | 'reason' | 'address'>,
  subjects: readonly Pick<Access, 'subscriberId' | 'contactPointId' | 'conversationId'>[],
): Promise<void> {
  if (subjects.length === 0) return
  const { actor, ...rest } = taken
  const row = { ...rest, act: 'export', at: clock.now(), author: columnsOf(actor) } as const
  await insertAccesses(
    db,
    row,
    subjects.map((subject) => ({ ...subject, id: newId(clock) })),
  )
}

/** Whom somebody looks at: in a conversation, or by their contact point alone. */
type Looked = Omit<Access, 'act'> &
  (
    | { readonly conversationId: string }
    | { readonly contactPointId: string; readonly conversationId?: undefined }
  )

/**
 * Records that a conversation or a person was opened, unless the same actor opened it within the last ten minutes. Who has opened a
 * conversation of the contact point has opened its person.
 */
export function recordOpen(db: Executor, clock: Clock, look: Looked): Promise<void> {
  return recordOnce(db, clock, { ...look, act: 'open' })
}

/** Records that files of a person were fetched, likewise once in ten minutes: a timeline shows its pictures by itself. */
export function recordDownload(db: Executor, clock: Clock, look: Looked): Promise<void> {
  return recordOnce(db, clock, { ...look, act: 'download' })
}

/** Screens ask for several things at once: whoever finds no row looks again behind a lock, so that one is written. */
async function recordOnce(db: Executor, clock: Clock, access: Access): Promise<void> {
  const { act, conversationId, contactPointId } = access
  const { id: actorId } = columnsOf(access.actor)
  const since = firstIdAt(new Date(clock.now().getTime() - AGAIN_MS))
  const look = { act, actorId, conversationId, contactPointId, since }
  if (await hasAccessSince(db, look)) return
  await inTransaction(db, async (tx) => {
    await lockLook(tx, look)
    if (!(await hasAccessSince(tx, look))) await recordAccess(tx, clock, access)
  })
}
