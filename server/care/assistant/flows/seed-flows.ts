import type { Clock } from '../../../platform/clock.ts'
import { type Db, inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { FIRST_FLOWS, readFirstFlow } from '../first-flows/index.ts'
import { createFlow, publishFlow } from './change-flow.ts'
import { listFlows } from './flow-store.ts'

/** Publishes the first flows where there are none; designers change them from then on. Gives whether it did. */
export async function seedFlows(db: Db, clock: Clock, by: string): Promise<boolean> {
  if ((await listFlows(db)).length > 0) return false
  return inTransaction(db, async (tx) => {
    // Nodes that start together wait for each other here, and the later ones find them done.
    await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('assistant.seed', 0))`)
    if ((await listFlows(tx)).length > 0) return false
    const author = { id: null, name: by }
    for (const key of FIRST_FLOWS) await createFlow(tx, clock, { key, flow: readFirstFlow(key), by: author })
    for (const key of FIRST_FLOWS) await publishFlow(tx, clock, { key, basedOn: 1, by: author })
    return true
  })
}
