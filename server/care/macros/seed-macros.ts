import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { FIRST_MACROS } from './first-macros.ts'
import { anyMacro, saveMacro } from './store.ts'

/** Adds the first shared macros where there are none. Gives whether it did. */
export async function seedMacros(db: Db, clock: Clock): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    if (await anyMacro(tx)) return false
    const updatedAt = clock.now()
    for (const macro of FIRST_MACROS) {
      await saveMacro(tx, { ...macro, id: newId(clock), ownerId: null, uses: 0, updatedAt })
    }
    return true
  })
}
