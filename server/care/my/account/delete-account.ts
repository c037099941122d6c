import { countChanged, type Executor, inTransaction, sql } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { revokeSignIns } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { deleteSessionsOf } from '../sessions/session-store.ts'
import { requireFreshCode } from '../sign-in/fresh-code.ts'

/**
 * Deletes the app's account: devices with where to knock, passes, visits, what being signed in had proved. The line, the contract and what was said
 * stay. Refuses with `fresh_code_required`.
 */
export async function deleteAccount(
  db: Executor,
  my: Pick<My, 'clock' | 'subscribers'>,
  actor: Subscriber,
): Promise<void> {
  requireFreshCode(my, actor)
  await inTransaction(db, async (tx) => {
    await deleteSessionsOf(tx, [actor.id])
    await countChanged(tx, sql`delete from my.pass where subscriber_id = ${actor.id}`)
    await countChanged(tx, sql`delete from my.visit where subscriber_id = ${actor.id}`)
    await revokeSignIns(tx, my.subscribers, actor.id)
  })
}
