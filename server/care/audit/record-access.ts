import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { AccessAct } from './access-act.ts'
import { type Author, columnsOf } from './author.ts'
import { firstIdAt } from './id-time.ts'
import { hasAccessSince, insertAccess } from './store.ts'

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

/** An open conversation is polled and reopened all day: one row in ten minutes says as much. */
const OPEN_AGAIN_MS = 600_000

/** Records one read of personal data. */
export async function recordAccess(db: Executor, clock: Clock, access: Access): Promise<void> {
  await insertAccess(db, { ...access, id: newId(clock), at: clock.now(), author: columnsOf(access.actor) })
}

/** Records that a conversation was opened, unless the same actor opened it within the last ten minutes. */
export async function recordOpen(
  db: Executor,
  clock: Clock,
  access: Omit<Access, 'act'> & { readonly conversationId: string },
): Promise<void> {
  const since = firstIdAt(new Date(clock.now().getTime() - OPEN_AGAIN_MS))
  const { id: actorId } = columnsOf(access.actor)
  const { conversationId } = access
  if (await hasAccessSince(db, { conversationId, actorId, act: 'open', since })) return
  await recordAccess(db, clock, { ...access, act: 'open' })
}
